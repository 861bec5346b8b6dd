import { eventually, start } from '../support/plugin-client';
import { providerExecutable } from '../support/provider-build';
import { tempFolder } from '../support/temp';
import { cleanupAll, engines, workspace } from '../support/terraform';
import { buildTestProvider } from '../support/test-provider/build';

afterAll(cleanupAll);

/** Starts a provider for a debugger, and reads what it tells a person to set. */
async function debug(executable: string) {
  const running = start(executable, { args: ['--debug'] });
  const value = await eventually(
    'the value to set',
    () => /^TF_REATTACH_PROVIDERS='(.*)'$/m.exec(running.stdout())?.[1],
  );
  return { running, value };
}

describe.each(engines())('$name reattaches', (engine) => {
  it('to a provider that somebody else started, and leaves it running', async () => {
    const { running, value } = await debug(buildTestProvider());
    const work = workspace({
      engine,
      env: { TF_REATTACH_PROVIDERS: value },
      files: {
        'main.tf': `terraform {
          required_providers {
            test = { source = "example/test" }
          }
        }
        provider "test" {
          folder = ${JSON.stringify(tempFolder('store'))}
        }
        resource "test_bucket" "a" {
          region = "eu"
          name   = "logs"
        }`,
      },
    });
    await work.init();
    await work.apply();
    expect((await work.state()).attributes('test_bucket.a')).toMatchObject({ id: '1', name: 'logs' });
    expect(await work.plan()).toBe('empty');
    expect(running.process.exitCode).toBeNull();
    running.process.kill('SIGINT');
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect((await work.run('plan', '-no-color')).code).toBe(1);
  });

  it('to the real provider, under the name of its own registry', async () => {
    const { running, value } = await debug(providerExecutable());
    expect(Object.keys(JSON.parse(value))).toEqual([
      'registry.terraform.io/domo-governance/domo',
      'registry.opentofu.org/domo-governance/domo',
    ]);
    const work = workspace({
      engine,
      env: { TF_REATTACH_PROVIDERS: value },
      files: {
        'main.tf': `terraform {
          required_providers {
            domo = { source = "domo-governance/domo" }
          }
        }
        provider "domo" {
          instance     = "acme"
          access_token = "fake-token"
        }
        resource "domo_api_client" "a" {
          name   = ""
          scopes = ["data"]
        }`,
      },
    });
    await work.init();
    expect((await work.run('validate', '-no-color')).text).toContain(
      'The value of "name" must be non-empty.',
    );
    running.process.kill('SIGTERM');
    expect(await running.ended).toEqual({ code: 0, signal: null });
  });
});
