import { join } from 'node:path';
import { paths } from '../support/fake-domo';
import { filesWith } from '../support/files-with';
import { ageKey, type KeyPair, openWithOpenssl, rsaKey } from '../support/keys';
import { tempFolder } from '../support/temp';
import { engines } from '../support/terraform';
import { age, calls, only, post, reports } from './faults-support';
import { at, client, type Setup, setUp, tearDown } from './setup';

afterAll(tearDown);

const pair = rsaKey();
const other = rsaKey();
const address = at('a');
const heredoc = (text: string) => `<<-EOT\n${text.trim()}\nEOT`;
const sealedFor = (key: string, ...more: string[]) => reports(`secret_public_key = ${heredoc(key)}`, ...more);
const values = async ({ work }: Setup) => (await work.state()).attributes(address);

it('the search finds a secret in a saved plan, in a state and in a log', async () => {
  const logs = tempFolder('logs');
  const made = await setUp(`output "x" {\n value = "fake-plain"\n}\n`, {
    env: () => ({ TF_LOG: 'TRACE', TF_LOG_PATH: join(logs, 'log') }),
  });
  expect((await made.plan('-out=saved')).code).toBe(2);
  expect((await made.work.run('apply', '-no-color', 'saved')).code).toBe(0);
  const found = filesWith('fake-plain', made.work.folder).map((path) => path.split('/').at(-1));
  expect(found.sort()).toEqual(['main.tf', 'saved', 'terraform.tfstate']);
  expect(filesWith('terraform', logs)).toEqual([join(logs, 'log')]);
});

describe.each(engines())('with $name', (engine) => {
  it.concurrent.each<[string, () => Promise<KeyPair> | KeyPair, (sealed: string, key: string) => unknown]>([
    ['RSA', () => pair, openWithOpenssl],
    ['age', ageKey, (sealed) => sealed.startsWith('-----BEGIN AGE ENCRYPTED FILE-----') && 'armored'],
  ])('the whole life of a client leaves its secret nowhere: %s', async (_, makeKey, opened) => {
    const { publicKey, privateKey } = await makeKey();
    const logs = tempFolder('logs');
    const made = await setUp(sealedFor(publicKey), {
      engine,
      env: (domo) => ({
        DOMO_BASE_URL: domo.url,
        DOMO_API_URL: domo.url,
        DOMO_ACCESS_TOKEN: domo.token,
        TF_LOG: 'TRACE',
        TF_LOG_PATH: join(logs, 'log'),
        TF_LOG_CORE: 'TRACE',
      }),
    });
    const { domo, work, plan, apply, destroy, configure } = made;
    expect((await plan('-out=saved')).code).toBe(2);
    const { code } = await work.run('apply', '-no-color', 'saved');
    const { secret } = only(domo);
    const nowhere = () => expect(filesWith(secret, work.folder, work.temp, logs)).toEqual([]);
    expect(code).toBe(0);
    nowhere();
    const sealed = String((await values(made)).encrypted_client_secret);
    expect(await values(made)).toMatchObject({ client_secret: null, client_id: only(domo).clientId });
    expect([secret, 'armored']).toContain(opened(sealed, privateKey));

    // The same key, respelled: nothing to do. A refresh and a saved plan have nothing in clear either.
    configure(sealedFor(`\n${publicKey}\n\n`, 'timeouts = {}'));
    expect((await apply('-json')).code).toBe(0);
    expect((await plan('-out=saved', '-json')).code).toBe(0);
    expect((await work.run('apply', '-refresh-only', '-auto-approve', '-json')).code).toBe(0);
    expect((await values(made)).encrypted_client_secret).toBe(sealed);
    nowhere();

    // The proof that it is gone does without its sign-in.
    age(work);
    domo.revoke(only(domo).id);
    expect((await plan('-out=saved')).text).toContain('was revoked outside Terraform');
    expect(domo.count(`GET ${paths.token}`)).toBe(0);
    expect((await work.run('apply', '-no-color', 'saved')).code).toBe(0);
    const second = only(domo).secret;
    expect((await destroy()).code).toBe(0);
    nowhere();
    expect(filesWith(second, work.folder, work.temp, logs)).toEqual([]);
    expect(domo.clients.size).toBe(0);
  });

  it.concurrent('a secret in the state is sealed in place; another key, or none, replaces the client', async () => {
    const made = await setUp(reports(), { engine });
    const { domo, work, plan, apply, configure } = made;
    expect((await apply()).code).toBe(0);
    const { secret, id } = only(domo);
    configure(sealedFor(pair.publicKey));
    const { text } = await apply();
    expect(text).toContain('Earlier copies of a secret are not sealed');
    expect(text).toContain('0 added, 1 changed, 0 destroyed');
    expect(only(domo).id).toBe(id);
    const now = await values(made);
    expect(now).toMatchObject({ id: String(id), client_secret: null });
    expect(openWithOpenssl(String(now.encrypted_client_secret), pair.privateKey)).toBe(secret);
    // What the warning says: the engine keeps a backup.
    expect(filesWith(secret, work.folder).map((path) => path.split('/').at(-1))).toEqual([
      'terraform.tfstate.backup',
    ]);
    expect((await plan()).code).toBe(0);

    configure(reports());
    expect((await plan()).text).toMatch(/secret_public_key .*\n?[\s\S]*forces replacement/);
    configure(sealedFor(other.publicKey));
    const replaced = await apply();
    expect(replaced.text).toContain('A client is replaced because its secret is sealed');
    expect(only(domo).id).not.toBe(id);
    const again = String((await values(made)).encrypted_client_secret);
    expect(openWithOpenssl(again, other.privateKey)).toBe(only(domo).secret);
  });

  it.concurrent('a key that is known only during the apply never replaces a client', async () => {
    const from = (key: string) =>
      `resource "terraform_data" "key" {\n input = ${heredoc(key)}\n}\n${reports('secret_public_key = terraform_data.key.output')}`;
    const made = await setUp(from(pair.publicKey), { engine });
    const { domo, work, plan, apply, configure } = made;
    expect((await apply()).code).toBe(0);
    const { id, secret } = only(domo);
    const sealed = String((await values(made)).encrypted_client_secret);
    expect(openWithOpenssl(sealed, pair.privateKey)).toBe(secret);

    configure(from(`${pair.publicKey}\n# the same`));
    const same = await apply();
    expect([same.code, same.text]).toEqual([
      0,
      expect.stringContaining('key of a sealed secret is not known yet'),
    ]);
    expect(await values(made)).toMatchObject({ id: String(id), encrypted_client_secret: sealed });

    configure(from(other.publicKey));
    domo.reset();
    expect((await work.planJson()).resource_changes?.map(({ change }) => change.actions)).toContainEqual([
      'update',
    ]);
    const { code, text } = await apply();
    expect([code, text]).toEqual([
      1,
      expect.stringContaining(
        engine.name.startsWith('terraform')
          ? 'The secret is sealed for another key'
          : 'inconsistent final plan',
      ),
    ]);
    if (engine.name.startsWith('terraform'))
      expect(text).not.toMatch(/Provider produced inconsistent|will be revoked/);
    expect([domo.count(calls.create), domo.count(calls.revoke)]).toEqual([0, 0]);
    expect(await values(made)).toMatchObject({ id: String(id), encrypted_client_secret: sealed });
    expect((await plan()).text).toContain('forces replacement');
  });
});

it.concurrent.each<[string, string]>([
  ['a private key', pair.privateKey],
  ['the Base64 of one', pair.privateKey.replace(/-----.*?-----|\s/g, '')],
  ['an age identity', `AGE-SECRET-KEY-1${'Q'.repeat(58)}`],
])('%s is refused before anything is planned, and not quoted', async (_, key) => {
  const variable = `variable "key" {\n default = ${heredoc(key)}\n}\n`;
  const { domo, plan } = await setUp(variable + reports('secret_public_key = var.key'));
  for (const { code, text } of [await plan(), await plan('-json')]) {
    const quoted = (key.match(/[\w+/]{20,}/g) ?? []).filter((part) => text.includes(part));
    expect([code, text, quoted]).toEqual([1, expect.stringContaining('The public key cannot be used'), []]);
  }
  expect(domo.requests).toEqual([]);
});

it.concurrent('a key that turns out to be unusable fails the apply before the POST', async () => {
  const { domo, apply } = await setUp(
    `resource "terraform_data" "key" {\n input = ${heredoc(rsaKey(1024).publicKey)}\n}\n${reports('secret_public_key = terraform_data.key.output')}`,
  );
  const { code, text } = await apply();
  expect([code, text]).toEqual([1, expect.stringContaining('It has 1024 bits')]);
  expect(domo.count(calls.create)).toBe(0);
});

it.concurrent('an imported client takes up the key, since there is no secret to seal', async () => {
  const made = await setUp(
    `import {\n to = ${address}\n id = "reports"\n}\n${sealedFor(pair.publicKey, 'description = "Made by hand."')}`,
  );
  const { domo, plan, apply } = made;
  const { id } = domo.add({ name: 'reports', description: 'Made by hand.' });
  const { code, text } = await apply();
  expect([code, text]).toEqual([0, expect.stringContaining('There is no secret to seal')]);
  expect(text).toContain('1 imported, 0 added, 1 changed, 0 destroyed');
  expect(await values(made)).toMatchObject({
    id: String(id),
    client_secret: null,
    encrypted_client_secret: null,
  });
  expect((await plan()).code).toBe(0);
});

it.concurrent('a moved resource keeps its sealed secret', async () => {
  const made = await setUp(sealedFor(pair.publicKey));
  const { domo, work, apply, plan, configure } = made;
  expect((await apply()).code).toBe(0);
  const { encrypted_client_secret: sealed } = await values(made);
  configure(
    `moved {\n from = ${address}\n to = ${at('b')}\n}\n${client('b', 'name = "reports"', `secret_public_key = ${heredoc(pair.publicKey)}`)}`,
  );
  expect((await apply()).text).toContain('0 added, 0 changed, 0 destroyed');
  expect((await work.state()).attributes(at('b'))).toMatchObject({ encrypted_client_secret: sealed });
  expect([(await plan()).code, domo.count(calls.create)]).toEqual([0, 1]);
});

it.concurrent('a secret that cannot be sealed taints the client, and is lost', async () => {
  const made = await setUp(sealedFor(pair.publicKey));
  const { domo, apply, work } = made;
  const clientSecret = `fake-secret-${'0123456789abcdef'.repeat(16)}`;
  const { id, clientId } = domo.add({ name: 'reports', userId: domo.me.id, secret: clientSecret });
  domo.fail({ ...post, status: 201, body: { id, clientId, clientSecret, userId: domo.me.id } });
  const { code, text } = await apply();
  expect([code, text]).toEqual([1, expect.stringContaining('Could not seal the secret')]);
  expect((await work.state()).resource(address)).toMatchObject({
    tainted: true,
    values: { id: String(id), client_secret: null, encrypted_client_secret: null },
  });
  expect(filesWith(clientSecret, work.folder, work.temp)).toEqual([]);
  expect((await apply()).code).toBe(0);
  expect(only(domo).id).not.toBe(id);
});

it.concurrent.each(['drop', 'no id'] as const)(
  'a lost answer is settled as without a key: %s',
  async (kind) => {
    const made = await setUp(sealedFor(pair.publicKey));
    const { domo, apply, work, plan } = made;
    if (kind === 'drop') domo.fail({ ...post, drop: 'after' });
    else domo.quirks.created = ['no-id', 'no-client-id'];
    const { code } = await apply();
    expect(code).toBe(kind === 'drop' ? 1 : 0);
    const first = only(domo).secret;
    domo.quirks.created = [];
    if (kind === 'drop') expect((await work.state()).resource(address)).toMatchObject({ tainted: true });
    else expect((await plan()).text).not.toContain('unconfirmed create request');
    expect((await apply()).code).toBe(0);
    expect((await plan()).code).toBe(0);
    const { secret } = only(domo);
    expect(openWithOpenssl(String((await values(made)).encrypted_client_secret), pair.privateKey)).toBe(
      secret,
    );
    expect(filesWith(first, work.folder, work.temp)).toEqual([]);
  },
);
