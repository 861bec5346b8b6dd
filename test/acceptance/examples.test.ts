import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { skipped } from '../support/skipped';
import { type Engine, engines, isAtLeast, type Workspace, workspace } from '../support/terraform';
import { isImport, makeByHand, examples as root, setUpExample } from './examples-support';
import { tearDown } from './setup';

const type = 'domo_api_client';
/** Stands in the examples for an id that only Domo can tell. */
const exampleId = /\b1234\b/g;
/** Stands there for the instance, where that is what is imported. */
const exampleInstance = /(?<=["\s])acme(?=["\n]|$)/g;

type Imported = { address: string; id: string };
type Client = Imported & { name: string; clientId: unknown; clientSecret: unknown };

/** Every folder that holds a configuration: a new example is tested without a change here. */
function examplesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.some(({ name }) => name.endsWith('.tf')) ? [relative(root, folder)] : [];
  const folders = entries.filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name));
  return [...own, ...folders.flatMap(({ name }) => examplesIn(join(folder, name)))];
}

afterAll(tearDown);

async function clientsOf(work: Workspace): Promise<Client[]> {
  const { resources } = await work.state();
  return resources
    .filter((each) => each.type === type)
    .map(({ address, values }) => ({
      address,
      id: String(values.id),
      name: String(values.name),
      clientId: values.client_id,
      clientSecret: values.client_secret,
    }));
}

/** Every pair of credentials that the outputs give out, however deep. */
function credentialsIn(value: unknown): { client_id: unknown; client_secret: unknown }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('client_id' in value && 'client_secret' in value) return [value];
  return Object.values(value).flatMap(credentialsIn);
}

function outputs(work: Workspace): unknown[] {
  const state = JSON.parse(work.read('terraform.tfstate')) as { outputs: Record<string, { value: unknown }> };
  return Object.values(state.outputs).map(({ value }) => value);
}

async function succeed(work: Workspace, ...args: string[]): Promise<string> {
  const { code, text } = await work.run(...args);
  expect({ code, text }).toEqual({ code: 0, text: expect.anything() });
  return text;
}

/** Takes objects out of the state, and has the configuration `blocks` bring them back. */
async function reimport(work: Workspace, objects: Imported[], blocks: string): Promise<void> {
  await succeed(work, 'state', 'rm', ...objects.map(({ address }) => address));
  work.write('import.tf', blocks);
  const { text } = await work.apply();
  // An imported set has the names of the clients that there are, and none of a client that may come.
  const changed = objects.filter(({ address }) => address.startsWith('domo_api_clients_exclusive.')).length;
  expect(text).toContain(
    `Apply complete! Resources: ${objects.length} imported, 0 added, ${changed} changed, 0 destroyed.`,
  );
  rmSync(join(work.folder, 'import.tf'));
}

const blockFor = (to: string, id: string) => `import {\n  to = ${to}\n  id = ${JSON.stringify(id)}\n}\n`;

/** The sets of names that may exist, which are imported by their instance. */
async function setsOf(work: Workspace): Promise<Imported[]> {
  const { resources } = await work.state();
  const sets = resources.filter((each) => each.type === 'domo_api_clients_exclusive');
  return sets.map(({ address, values }) => ({ address, id: String(values.instance) }));
}

async function useImportFiles(work: Workspace, example: string, clients: Client[]): Promise<void> {
  const [set] = await setsOf(work);
  const objects = [...clients, ...(set ? [set] : [])];
  const addressed = (text: string) => objects.filter(({ address }) => text.includes(address));
  const withId = (text: string) =>
    text
      .replace(exampleId, addressed(text)[0]?.id ?? 'no client')
      .replace(exampleInstance, set?.id ?? 'no set');
  const read = (file: string) => readFileSync(join(root, example, file), 'utf8');

  for (const file of readdirSync(join(root, example)).filter(isImport)) {
    if (file.includes('identity') && !isAtLeast(work.engine, 'terraform', 1, 12)) {
      skipped(`${example}/${file} with ${work.engine.name}`, 'it needs terraform 1.12');
      continue;
    }
    const blocks = read(file).split(/^(?=import )/m);
    await reimport(work, addressed(blocks.join('')), blocks.map(withId).join(''));
  }
  if (!existsSync(join(root, example, 'import.sh'))) return;
  for (const line of read('import.sh')
    .split('\n')
    .filter((text) => /^[^#]/.test(text))) {
    const [, address = '', id = ''] = /^terraform import (\S+) (\S+)$/.exec(withId(line)) ?? [];
    await succeed(work, 'state', 'rm', address);
    expect(await succeed(work, 'import', '-no-color', address, id)).toContain('Import successful!');
  }
  if (set) await work.apply();
}

const readsOnly = (example: string) => /^(data-sources\/|owners$)/.test(example);
/** What these do is tested with the guide to secrets. */
const usesCredentials = (example: string) => /^(functions|ephemeral-resources|actions)\//.test(example);
/** What is there already is brought under management by another test, and the repository has one of its own. */
const lives = (example: string) =>
  !readsOnly(example) && !usesCredentials(example) && !/^(import|governance-repository)\//.test(example);

describe.each(engines())('with $name', (engine: Engine) => {
  it.concurrent('every example is formatted', async () => {
    const { code, text } = await workspace({ engine }).run('fmt', '-check', '-diff', '-recursive', root);
    expect({ code, text }).toEqual({ code: 0, text: '' });
  });

  it.concurrent.each(examplesIn(root).filter(readsOnly))(
    'the example %s reads, and tells no credential',
    async (example) => {
      const { sandbox, work } = await setUpExample(engine, example);
      await makeByHand(sandbox, 'admin', 'nightly-export', ['data']);
      await makeByHand(sandbox, 'creator', 'directory-sync', ['user', 'audit']);
      expect((await work.apply()).text).toContain('Resources: 0 added, 0 changed, 0 destroyed.');
      expect(await work.plan()).toBe('empty');
      const told = outputs(work);
      expect(told).not.toEqual([]);
      expect(JSON.stringify(told)).toMatch(/nightly-export|directory-sync|…|DataSets|Token of/);
    },
  );

  it.concurrent.each(examplesIn(root).filter(usesCredentials))('the example %s is valid', async (example) => {
    if (example.startsWith('actions/') && !isAtLeast(engine, 'terraform', 1, 14)) {
      skipped(`the example ${example} with ${engine.name}`, 'it has no actions');
      return;
    }
    const { work } = await setUpExample(engine, example);
    expect(await succeed(work, 'validate', '-no-color')).toContain('The configuration is valid');
  });

  it.concurrent.each(examplesIn(root).filter(lives))(
    'the example %s goes through its whole life',
    async (example) => {
      const { sandbox, work } = await setUpExample(engine, example);
      await work.apply();
      const created = await clientsOf(work);
      expect(created.map(({ id }) => id).sort()).toEqual((await sandbox.ids()).sort());
      expect(created).not.toEqual([]);
      for (const { client_id, client_secret } of credentialsIn(outputs(work))) {
        expect(await sandbox.signIn(client_id, client_secret)).toBe(200);
      }
      expect(await work.plan()).toBe('empty');

      const [lost] = created;
      await sandbox.revoke(lost?.id);
      const { text } = await work.apply();
      expect(text).toContain('An API client was revoked outside Terraform');
      expect(text).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
      const healed = await clientsOf(work);
      expect(healed.filter(({ id }) => !created.some((each) => each.id === id))).toHaveLength(1);
      for (const { clientId, clientSecret } of healed) {
        expect(await sandbox.signIn(clientId, clientSecret)).toBe(200);
      }
      expect(await sandbox.signIn(lost?.clientId, lost?.clientSecret)).toBe(401);

      const blocks = healed.map(({ address, id, name }, index) => blockFor(address, index % 2 ? name : id));
      await reimport(work, healed, blocks.join(''));
      await useImportFiles(work, example, healed);
      expect(await work.plan()).toBe('empty');

      await work.destroy();
      expect(await sandbox.ids()).toEqual([]);
      for (const { clientId, clientSecret } of healed) {
        expect(await sandbox.signIn(clientId, clientSecret)).toBe(401);
      }
    },
    180_000,
  );

  it('the example rotation rotates without a gap, and with one list for all', async () => {
    const { sandbox, work } = await setUpExample(engine, 'rotation');
    type Given = { client_id: unknown; client_secret: unknown };
    const on = async (now: string, ...args: string[]) => {
      const { text } = await work.apply(`-var=now=${now}`, ...args);
      const { outputs } = JSON.parse(work.read('terraform.tfstate')) as {
        outputs: { credentials: { value: Record<string, Given> } };
      };
      const [, change = ''] = /Resources: (.*)\./.exec(text) ?? [];
      return { change, ...(outputs.credentials.value['nightly-export'] as Given) };
    };
    const signIn = (given: Given) => sandbox.signIn(given.client_id, given.client_secret);

    const first = await on('2026-01-01T05:00:00Z');
    expect(first.change).toBe('2 added, 0 changed, 0 destroyed');
    const due = await on('2026-04-01T05:00:00Z');
    expect(due).toMatchObject({ change: '1 added, 0 changed, 0 destroyed', client_id: first.client_id });
    const handedOver = await on('2026-04-02T05:00:00Z');
    expect(handedOver.change).toBe('0 added, 0 changed, 0 destroyed');
    expect(handedOver.client_id).not.toBe(first.client_id);
    expect([await signIn(first), await signIn(handedOver)]).toEqual([200, 200]);
    expect(await work.plan('-var=now=2026-04-15T05:00:00Z')).toBe('empty');
    const over = await on('2026-04-16T05:00:00Z');
    expect(over).toMatchObject({
      change: '0 added, 0 changed, 1 destroyed',
      client_id: handedOver.client_id,
    });
    expect([await signIn(first), await signIn(over)]).toEqual([401, 200]);
  });
});
