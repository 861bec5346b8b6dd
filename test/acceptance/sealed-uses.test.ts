import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type FakeDomo, paths } from '../support/fake-domo';
import { filesWith } from '../support/files-with';
import { ageKey, rsaKey } from '../support/keys';
import { domoMirror } from '../support/provider-build';
import { readyWorkspace } from '../support/ready-workspace';
import { skipped } from '../support/skipped';
import { type Engine, engines, isAtLeast, type Workspace } from '../support/terraform';
import { buildTestProvider, testProviderMirror } from '../support/test-provider/build';
import { type StoreContent, storeFile } from '../support/test-provider/store';
import { only } from './faults-support';
import { openDomo, pointedAt, tearDown } from './setup';

afterAll(tearDown);

const guide = readFileSync(resolve(__dirname, '../../docs/guides/secrets-and-state.md'), 'utf8');
const mirrors = [domoMirror(), testProviderMirror(buildTestProvider('compiled'))];
const rsa = rsaKey();

/** The block of the guide that has this text, in the language that it is marked with. */
function block(language: string, part: string): string {
  const blocks = [...guide.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  const found = blocks.filter(([, marked, text = '']) => marked === language && text.includes(part));
  if (found.length !== 1) throw new Error(`${found.length} ${language} blocks of the guide have ${part}`);
  return found[0]?.[2] ?? '';
}

const requirements =
  'terraform {\n required_providers {\n domo = { source = "domo-governance/domo" }\n test = { source = "example/test" }\n }\n}\n';

/** A workspace with this provider and that of the tests, whose store is in a folder of the workspace. */
async function open(engine: Engine, configuration: string, env: Record<string, string>): Promise<Workspace> {
  const work = await readyWorkspace(requirements, { engine, mirrors, env });
  mkdirSync(join(work.folder, 'store'));
  work.write('provider.tf', requirements + store(work));
  work.write('main.tf', configuration);
  return work;
}

const store = ({ folder }: Workspace) =>
  `provider "test" {\n folder = ${JSON.stringify(join(folder, 'store'))}\n}\n`;

function stored(work: Workspace): unknown[] {
  const { objects } = JSON.parse(work.read(`store/${storeFile}`)) as StoreContent;
  return Object.values(objects).map(({ hidden }) => hidden);
}

const apply = (work: Workspace, ...args: string[]) =>
  work.run('apply', '-auto-approve', '-no-color', '-input=false', ...args);

/** The store of the guide, as that of the tests. */
const withTestStore = block('terraform', 'vault_kv_secret_v2')
  .replace('"vault_kv_secret_v2"', '"test_vault_secret"')
  .replace(/^ *mount .*\n/m, '')
  .replaceAll('data_json_wo', 'data_wo');

const pointed = (domo: FakeDomo) => ({ ...pointedAt(domo), DOMO_API_URL: domo.url });

describe.each(engines())('with $name', (engine) => {
  const hasActions = isAtLeast(engine, 'terraform', 1, 14);

  it.concurrent('a sealed secret is decrypted into a write-only argument, and is in clear nowhere else', async () => {
    const domo = await openDomo();
    const [a, b] = [await ageKey(), await ageKey()];
    const work = await open(engine, withTestStore, pointed(domo));
    const kept = [join(work.folder, 'store', storeFile)];
    const given = (publicKey: string, privateKey: string) =>
      apply(work, `-var=secret_public_key=${publicKey}`, `-var=secret_private_key=${privateKey}`);
    async function applied(publicKey: string, privateKey: string) {
      expect(await given(publicKey, privateKey)).toMatchObject({ code: 0 });
      const { secret, id } = only(domo);
      expect(stored(work)).toEqual([JSON.stringify({ client_secret: secret })]);
      expect(filesWith(secret, work.folder, work.temp)).toEqual(kept);
      const ofKey = privateKey.split('\n')[3] ?? privateKey;
      expect(filesWith(ofKey, work.folder, work.temp)).toEqual([]);
      return id;
    }
    const first = await applied(rsa.publicKey, rsa.privateKey);

    // For several readers, in place of the client.
    const second = await applied(`${a.publicKey}\n${b.publicKey}`, b.privateKey);
    expect(second).not.toBe(first);
    // Their order does not matter.
    const { text } = await given(`# the readers\n${b.publicKey}\n${a.publicKey}\n`, b.privateKey);
    expect(text).toContain('0 added, 0 changed, 0 destroyed');
  });

  it.concurrent('another key opens nothing, and the error tells nothing of key or text', async () => {
    const work = await open(
      engine,
      `variable "key" {}\nephemeral "domo_decrypted_secret" "a" {\n encrypted_client_secret = "${Buffer.alloc(256, 1).toString('base64')}"\n private_key = var.key\n}\n`,
      { TF_VAR_key: rsa.privateKey },
    );
    const { code, text } = await work.run('plan', '-no-color');
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('was sealed for another key, or it is damaged'),
    ]);
    expect(text).not.toMatch(/BEGIN|AQEB/);
  });

  it.concurrent('an access token needs no instance, and no credentials but those of the client', async () => {
    const domo = await openDomo();
    const made = domo.add({ scopes: ['data', 'user'] });
    const configuration = block('terraform', 'domo_access_token').replace(
      /"curl .*"$/m,
      '"printf %s \\"$TOKEN\\" > token"',
    );
    const work = await open(engine, configuration, {
      DOMO_API_URL: domo.url,
      TF_VAR_client_id: made.clientId,
      TF_VAR_client_secret: made.secret,
    });
    expect(await apply(work)).toMatchObject({ code: 0 });
    const token = work.read('token');
    expect(token).toMatch(/^fake-access-/);
    expect(filesWith(token, work.folder, work.temp)).toEqual([join(work.folder, 'token')]);
    expect(domo.requests.every(({ path }) => path === paths.token)).toBe(true);

    domo.revoke(made.id);
    const { code, text } = await work.run('plan', '-no-color');
    expect([code, text]).toEqual([1, expect.stringContaining('rejected the credentials of an API client')]);
    expect(text).toContain(`API client "${made.clientId.slice(0, 8)}" is wrong`);
  });

  it.concurrent('an access token of a new client waits for the apply, and for Domo to know it', async () => {
    const domo = await openDomo();
    const work = await open(
      engine,
      `resource "domo_api_client" "a" {\n name = "a"\n scopes = ["data"]\n}\nephemeral "domo_access_token" "a" {\n client_id = domo_api_client.a.client_id\n client_secret = domo_api_client.a.client_secret\n}\nresource "test_vault_secret" "a" {\n name = "a"\n data_wo = ephemeral.domo_access_token.a.access_token\n}\n`,
      pointed(domo),
    );
    domo.fail({ method: 'GET', path: paths.token, status: 401, body: { error: 'invalid_client' } });
    expect(await apply(work)).toMatchObject({ code: 0 });
    expect(stored(work)).toEqual([expect.stringMatching(/^fake-access-/)]);
    expect(domo.count(`GET ${paths.token}`)).toBe(2);
  });

  it.concurrent('the action checks a new client, and says what is refused', async () => {
    if (!hasActions) {
      skipped(`the action with ${engine.name}`, 'it has none');
      return;
    }
    const domo = await openDomo();
    const work = await open(engine, block('terraform', 'action_trigger'), pointed(domo));
    domo.fail({ method: 'GET', path: paths.token, status: 401, body: { error: 'invalid_client' } });
    const { code, text } = await apply(work);
    expect([code, text]).toEqual([0, expect.stringContaining('Signing in as API client "')]);
    expect(text).toContain('and grants the scopes data');

    const { clientId, secret } = only(domo);
    const byHand = await open(engine, block('terraform', '"by_hand"'), {
      DOMO_API_URL: domo.url,
      TF_VAR_client_id: clientId,
      TF_VAR_client_secret: secret,
    });
    domo.fail({ method: 'GET', path: paths.token, delay: 1 });
    domo.fail({ method: 'GET', path: paths.token, status: 400, body: { error: 'invalid_scope' } });
    const again = await apply(byHand, '-invoke=action.domo_check_api_client.by_hand');
    const isGiven = !isAtLeast(engine, 'terraform', 1, 16);
    expect([again.code, again.text]).toEqual([
      1,
      expect.stringContaining(isGiven ? 'Domo did not grant a scope' : 'The check received no client secret'),
    ]);
  });
});

const [engine] = engines();

it.concurrent('the commands of the guide make keys, and open what was sealed with them', async () => {
  const domo = await openDomo();
  const sealed = block('terraform', 'output "sealed_secret"');
  const work = await open(engine as Engine, '', pointed(domo));
  const shell = async (commands: string) => {
    const { code, text } = await work.program('/bin/sh', ['-ec', commands.replaceAll('terraform ', '"$TF" ')])
      .done;
    expect([code, text.includes('rror')]).toEqual([0, false]);
  };
  const both: [string, string, string, string][] = [
    [block('shell', 'openssl genpkey'), 'public.pem', block('shell', 'openssl pkeyutl'), 'openssl'],
    [block('shell', 'age-keygen'), 'recipients.txt', block('shell', 'age -d'), 'age'],
  ];
  for (const [make, file, read, tool] of both) {
    if (spawnSync(tool, ['version']).error) {
      skipped(`the commands for ${tool}`, 'it is not installed');
      continue;
    }
    await shell(make);
    expect(existsSync(join(work.folder, file))).toBe(true);
    work.write('main.tf', sealed);
    work.write('terraform.tfvars.json', JSON.stringify({ secret_public_key: work.read(file) }));
    expect(await apply(work)).toMatchObject({ code: 0 });
    await shell(`${read.trimEnd()} > opened`);
    expect(work.read('opened').trim()).toBe(only(domo).secret);
  }
});
