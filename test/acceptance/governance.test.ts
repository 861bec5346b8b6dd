import { type Engine, engines } from '../support/terraform';
import { makeByHand, setUpExample } from './examples-support';
import { tearDown } from './setup';

afterAll(tearDown);

/** Text as a person reads it, whatever width Terraform has broken it to. */
const plain = (text: string) => text.replace(/[\s│╷╵]+/g, ' ');

describe.each(engines())('with $name', (engine: Engine) => {
  /** An example that is applied where clients of these names and scopes were made by hand. */
  async function applied(example: string, byHand: Record<string, string[]>) {
    const { sandbox, work } = await setUpExample(engine, example);
    for (const [name, scopes] of Object.entries(byHand)) await makeByHand(sandbox, 'creator', name, scopes);
    const first = plain((await work.apply()).text);
    const plan = async () => {
      const { code, text } = await work.run('plan', '-no-color', '-detailed-exitcode');
      return { code, text: plain(text) };
    };
    return { sandbox, work, first, plan };
  }

  it.concurrent('unmanaged/warn names every client that nobody manages, and holds nothing up', async () => {
    const ignored = { 'partner-portal': ['data'], 'jane-notebook': ['data'] };
    const { sandbox, work, first, plan } = await applied('unmanaged/warn', ignored);
    expect(first).not.toContain('Nobody manages');
    const id = await makeByHand(sandbox, 'creator', 'by-hand', ['user', 'data']);
    const on = new URL(sandbox.url).host;
    const owner = sandbox.users.find(({ name }) => name === 'creator')?.id;
    const again = plain((await work.apply()).text);
    // Only the output has changed.
    expect(again).toContain('Changes to Outputs');
    expect(again).toContain('Resources: 0 added, 0 changed, 0 destroyed.');
    const planned = await plan();
    expect(planned.code).toBe(0);
    for (const text of [again, planned.text]) {
      expect(text).toContain('Warning: Check block assertion failed');
      expect(text).toContain(
        `Nobody manages these API clients of ${on}: - by-hand (id ${id}, user ${owner}): data, user`,
      );
      expect(text).not.toMatch(/- (partner-portal|nightly-export)/);
    }
    const { outputs } = JSON.parse(work.read('terraform.tfstate'));
    expect(outputs.unmanaged_api_clients.value).toMatchObject([{ id, name: 'by-hand', instance: on }]);
    expect(outputs.sees_all_owners.value).toBe(true);
  });

  it.concurrent('unmanaged/fail stops the run, but not one that removes a client', async () => {
    const { sandbox, work, plan } = await applied('unmanaged/fail', { 'partner-portal': ['data'] });
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
    const { work, plan } = await applied('allowed-scopes', {
      'sales-notebook': ['data', 'user'],
      'it-backup': ['data'],
      stranger: ['audit'],
    });
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
    const { outputs } = JSON.parse(work.read('terraform.tfstate'));
    const { clients } = outputs.table.value as { clients: Record<string, unknown> };
    expect(Object.keys(clients)).toEqual(['directory sync: "EU"', 'left alone', 'nightly-export']);
    const { 'left alone': _, ...table } = clients;
    work.write('clients.auto.tfvars.json', JSON.stringify({ clients: table }));
    expect((await work.apply()).text).toContain('Resources: 2 imported, 0 added, 0 changed, 0 destroyed.');
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
