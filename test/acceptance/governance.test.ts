import { type Engine, engines } from '../support/terraform';
import { makeByHand, setUpExample } from './examples-support';
import { tearDown } from './setup';

afterAll(tearDown);

/** Text as a person reads it, whatever width Terraform has broken it to. */
const plain = (text: string) => text.replace(/[\s│╷╵]+/g, ' ');

describe.each(engines())('with $name', (engine: Engine) => {
  async function applied(example: string) {
    const { sandbox, work } = await setUpExample(engine, example);
    await work.apply();
    expect(await work.plan()).toBe('empty');
    const plan = async () => {
      const { code, text } = await work.run('plan', '-no-color', '-detailed-exitcode');
      return { code, text: plain(text) };
    };
    return { sandbox, work, plan };
  }

  it.concurrent('unmanaged/warn names every client that nobody manages, and holds nothing up', async () => {
    const { sandbox, work, plan } = await applied('unmanaged/warn');
    for (const ignored of ['partner-portal', 'jane-notebook']) {
      await makeByHand(sandbox, 'creator', ignored, ['data']);
    }
    expect((await plan()).text).not.toContain('Nobody manages');
    const id = await makeByHand(sandbox, 'creator', 'by-hand', ['user', 'data']);
    const on = new URL(sandbox.url).host;
    const owner = sandbox.users.find(({ name }) => name === 'creator')?.id;
    const { code, text } = await plan();
    expect(text).toContain('Warning: Check block assertion failed');
    expect(text).toContain(
      `Nobody manages these API clients of ${on}: - by-hand (id ${id}, user ${owner}): data, user`,
    );
    expect(text).not.toMatch(/- (partner-portal|nightly-export)/);
    // Only the output has changed.
    expect([code, text]).toEqual([2, expect.stringContaining('Changes to Outputs')]);
    expect(plain((await work.apply()).text)).toContain(`of ${on}: - by-hand`);
    expect(await work.plan()).toBe('empty');
    expect(await work.output('unmanaged_api_clients')).toMatchObject([{ id, name: 'by-hand', instance: on }]);
    expect(await work.output('sees_all_owners')).toBe(true);
  });

  it.concurrent('unmanaged/fail stops the run, but not one that removes a client', async () => {
    const { sandbox, work, plan } = await applied('unmanaged/fail');
    await makeByHand(sandbox, 'creator', 'partner-portal', ['data']);
    expect(await work.plan()).toBe('empty');
    await makeByHand(sandbox, 'creator', 'by-hand', ['data']);
    const { code, text } = await plan();
    expect(code).toBe(1);
    expect(text).toContain('Error: Resource postcondition failed');
    expect(text).toMatch(/Nobody manages these API clients of \S+: by-hand\. Import them, revoke them/);
    await sandbox.revoke((await sandbox.ids()).at(-1));
    const without = work.read('main.tf').replace(/^.*nightly-export.*\n/m, '');
    work.write('main.tf', without);
    expect((await work.apply()).text).toContain('Resources: 0 added, 0 changed, 1 destroyed.');
    expect(await work.plan()).toBe('empty');
  });

  it.concurrent('allowed-scopes refuses what a team may not have, and warns of what others have', async () => {
    const { sandbox, work, plan } = await applied('allowed-scopes');
    await makeByHand(sandbox, 'creator', 'sales-notebook', ['data', 'user']);
    await makeByHand(sandbox, 'creator', 'it-backup', ['data']);
    await makeByHand(sandbox, 'creator', 'stranger', ['audit']);
    const { code, text } = await plan();
    expect(code).toBe(0);
    expect(text).toContain(
      'These API clients have scopes that are not allowed for their teams: - sales-notebook: user - stranger: audit Have them',
    );
    const greedy = work
      .read('main.tf')
      .replace('sales-export      = ["data"]', 'sales-export = ["data", "user"]');
    work.write('main.tf', greedy);
    const refused = await plan();
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('Error: Resource precondition failed');
    expect(refused.text).toContain(
      'The client sales-export has scopes that are not allowed for the team sales: user. Request fewer',
    );
  });

  it.concurrent('import/all brings an instance under management, and ends with an empty plan', async () => {
    const { sandbox, work } = await setUpExample(engine, 'import/all');
    await makeByHand(sandbox, 'admin', 'nightly-export', ['data']);
    await makeByHand(sandbox, 'creator', 'directory sync: "EU"', ['user', 'audit']);
    await makeByHand(sandbox, 'creator', 'left alone', ['data']);
    const before = await sandbox.ids();
    expect((await work.apply()).text).toContain('Resources: 0 added, 0 changed, 0 destroyed.');
    const { clients } = (await work.output('table')) as { clients: Record<string, unknown> };
    expect(Object.keys(clients)).toEqual(['directory sync: "EU"', 'left alone', 'nightly-export']);
    const { 'left alone': _, ...table } = clients;
    work.write('clients.auto.tfvars.json', JSON.stringify({ clients: table }));
    expect((await work.run('plan', '-no-color')).text).toContain(
      'Plan: 2 to import, 0 to add, 0 to change, 0 to destroy.',
    );
    expect((await work.apply()).text).toContain('Resources: 2 imported, 0 added, 0 changed, 0 destroyed.');
    expect(await work.plan()).toBe('empty');
    expect(await sandbox.ids()).toEqual(before);

    // The secret that nobody has: a new client under the same name, and the import block is no obstacle.
    const address = 'domo_api_client.this["nightly-export"]';
    expect((await work.apply(`-replace=${address}`)).text).toContain('1 added, 0 changed, 1 destroyed.');
    const { client_id, client_secret } = (await work.state()).attributes(address);
    expect(await sandbox.signIn(client_id, client_secret)).toBe(200);
    expect(await work.plan()).toBe('empty');
  });

  it.concurrent('import/single has Terraform write the resources, and ends with an empty plan', async () => {
    const { sandbox, work } = await setUpExample(engine, 'import/single');
    await makeByHand(sandbox, 'admin', 'nightly-export', ['data']);
    await makeByHand(sandbox, 'creator', 'directory-sync', ['user', 'audit']);
    const before = await sandbox.ids();
    const planned = await work.run('plan', '-no-color', '-generate-config-out=generated.tf');
    expect(planned.text).toContain('Plan: 2 to import, 0 to add, 0 to change, 0 to destroy.');
    const written = work.read('generated.tf');
    expect(written).toMatch(/name\s+= "nightly-export"/);
    work.write('generated.tf', written.replace(/^.*= null\n/gm, ''));
    work.write('main.tf', work.read('main.tf').replace(/^ *provider = domo\n/gm, ''));
    expect((await work.apply()).text).toContain('Resources: 2 imported, 0 added, 0 changed, 0 destroyed.');
    expect(await work.plan()).toBe('empty');
    expect(await sandbox.ids()).toEqual(before);
  });
});
