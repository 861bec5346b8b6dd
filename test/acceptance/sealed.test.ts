import { join } from 'node:path';
import { type FakeClient, type FakeDomo, paths } from '../support/fake-domo';
import { filesWith } from '../support/files-with';
import { ageKey, openWithOpenssl, rsaKey } from '../support/keys';
import { tempFolder } from '../support/temp';
import { engines } from '../support/terraform';
import { age, calls, occurrences, only, post, reports } from './faults-support';
import { at, client, type Setup, setUp, tearDown } from './setup';

afterAll(tearDown);

const pair = rsaKey();
const other = rsaKey();
const address = at('a');
const heredoc = (text: string) => `<<-EOT\n${text.trim()}\nEOT`;
const sealedFor = (key: string, ...more: string[]) => reports(`secret_public_key = ${heredoc(key)}`, ...more);
const values = async ({ work }: Setup, of = address) => (await work.state()).attributes(of);

function named(domo: FakeDomo, name: unknown): FakeClient {
  const found = [...domo.clients.values()].find((each) => each.name === name);
  if (!found) throw new Error(`The fake Domo has no client "${name}".`);
  return found;
}

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
  it.concurrent('the whole life of clients, sealed with RSA and with age, leaves their secrets nowhere', async () => {
    const recipient = (await ageKey()).publicKey;
    const both = (rsa: string, ...more: string[]) =>
      sealedFor(rsa, ...more) + client('age', `secret_public_key = ${heredoc(recipient)}`, ...more);
    const logs = tempFolder('logs');
    const made = await setUp(both(pair.publicKey), {
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
    const first = [...domo.clients.values()];
    const nowhere = (clients: FakeClient[]) => {
      expect(clients).toHaveLength(2);
      for (const { secret } of clients) expect(filesWith(secret, work.folder, work.temp, logs)).toEqual([]);
    };
    expect(code).toBe(0);
    nowhere(first);
    const ofRsa = await values(made);
    const ofAge = await values(made, at('age'));
    expect(openWithOpenssl(String(ofRsa.encrypted_client_secret), pair.privateKey)).toBe(
      named(domo, 'reports').secret,
    );
    expect(ofAge.encrypted_client_secret).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
    for (const one of [ofRsa, ofAge])
      expect(one).toMatchObject({ client_secret: null, client_id: named(domo, one.name).clientId });

    // The same key, respelled: nothing to do. A refresh and a saved plan have nothing in clear either.
    configure(both(`\n${pair.publicKey}\n\n`, 'timeouts = {}'));
    expect((await apply('-json')).code).toBe(0);
    expect((await plan('-out=saved', '-json')).code).toBe(0);
    for (const [address, before] of [
      [at('a'), ofRsa],
      [at('age'), ofAge],
    ] as const) {
      const { encrypted_client_secret } = await values(made, address);
      expect(encrypted_client_secret).toBe(before.encrypted_client_secret);
    }
    nowhere(first);

    // The proof that it is gone does without its sign-in.
    age(work);
    for (const { id } of first) domo.revoke(id);
    expect((await plan('-out=saved')).text).toContain('was revoked outside Terraform');
    expect(domo.count(`GET ${paths.token}`)).toBe(0);
    expect((await work.run('apply', '-no-color', 'saved')).code).toBe(0);
    const second = [...domo.clients.values()];
    expect((await destroy()).code).toBe(0);
    nowhere(first);
    nowhere(second);
    expect(domo.clients.size).toBe(0);
  });

  it.concurrent('a secret in the state is sealed in place, if there is one; then another key, or none, replaces the client', async () => {
    const sealed = (label: string, key: string) => client(label, `secret_public_key = ${heredoc(key)}`);
    const imported = `import {\n to = ${at('imported')}\n id = "imported"\n}\n`;
    const made = await setUp(client('rekeyed') + client('opened') + client('outer'), {
      engine,
    });
    const { domo, work, plan, apply, configure } = made;
    expect((await apply()).code).toBe(0);
    const rekeyed = named(domo, 'rekeyed');
    const opened = named(domo, 'opened');
    const outer = named(domo, 'outer');
    domo.add({ name: 'imported' });

    configure(
      ['rekeyed', 'opened', 'outer', 'imported'].map((label) => sealed(label, pair.publicKey)).join('') +
        imported,
    );
    const { text } = await apply();
    expect(text).toContain('Earlier copies of a secret are not sealed');
    expect(text).toContain('There is no secret to seal');
    expect(text).toContain('1 imported, 0 added, 4 changed, 0 destroyed');
    for (const { id, name, secret } of [rekeyed, opened, outer]) {
      const now = await values(made, at(name));
      expect(now).toMatchObject({ id: String(id), client_secret: null });
      expect(openWithOpenssl(String(now.encrypted_client_secret), pair.privateKey)).toBe(secret);
      // What the warning says: the engine keeps a backup.
      expect(filesWith(secret, work.folder).map((path) => path.split('/').at(-1))).toEqual([
        'terraform.tfstate.backup',
      ]);
    }
    expect(await values(made, at('imported'))).toMatchObject({
      id: String(named(domo, 'imported').id),
      client_secret: null,
      encrypted_client_secret: null,
    });

    const { encrypted_client_secret: kept } = await values(made, at('outer'));
    configure(
      [
        sealed('rekeyed', other.publicKey),
        client('opened'),
        client('inner', 'name = "outer"', `secret_public_key = ${heredoc(pair.publicKey)}`),
        `moved {\n from = ${at('outer')}\n to = ${at('inner')}\n}\n`,
        sealed('imported', pair.publicKey),
      ].join(''),
    );
    const replaced = await apply();
    expect(replaced.text).toContain('A client is replaced because its secret is sealed');
    expect(occurrences(replaced.text, 'must be replaced')).toBe(2);
    expect(replaced.text).toContain('2 added, 0 changed, 2 destroyed');
    const { id, secret } = named(domo, 'rekeyed');
    expect(id).not.toBe(rekeyed.id);
    const again = String((await values(made, at('rekeyed'))).encrypted_client_secret);
    expect(openWithOpenssl(again, other.privateKey)).toBe(secret);
    expect(named(domo, 'opened').id).not.toBe(opened.id);
    expect(await values(made, at('inner'))).toMatchObject({
      id: String(outer.id),
      encrypted_client_secret: kept,
    });
    expect((await plan()).code).toBe(0);
  });

  it.concurrent('a key that is known only during the apply never replaces a client', async () => {
    const from = (key: string) =>
      `resource "terraform_data" "key" {\n input = ${heredoc(key)}\n}\n${reports('secret_public_key = terraform_data.key.output')}`;
    const made = await setUp(from(pair.publicKey), { engine });
    const { domo, plan, apply, configure } = made;
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

    // Nor does one that turns out to be unusable make a client.
    configure(
      from(other.publicKey) +
        `resource "terraform_data" "weak" {\n input = ${heredoc(rsaKey(1024).publicKey)}\n}\n` +
        client('weak', 'secret_public_key = terraform_data.weak.output'),
    );
    domo.reset();
    const { code, text } = await apply();
    expect(text).toContain('domo_api_client.a will be updated in-place');
    expect([code, text]).toEqual([
      1,
      expect.stringContaining(
        engine.name.startsWith('terraform')
          ? 'The secret is sealed for another key'
          : 'inconsistent final plan',
      ),
    ]);
    expect(text).toContain('It has 1024 bits');
    if (engine.name.startsWith('terraform'))
      expect(text).not.toMatch(/Provider produced inconsistent|will be revoked/);
    expect([domo.count(calls.create), domo.count(calls.revoke)]).toEqual([0, 0]);
    expect(await values(made)).toMatchObject({ id: String(id), encrypted_client_secret: sealed });
    configure(from(other.publicKey));
    expect((await plan()).text).toContain('forces replacement');
  });
});

it.concurrent('private keys are refused before anything is planned, and not quoted', async () => {
  const keys = {
    pem: pair.privateKey,
    base64: pair.privateKey.replace(/-----.*?-----|\s/g, ''),
    age: `AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
  };
  const configuration = Object.entries(keys).map(
    ([label, key]) =>
      `variable "${label}" {\n default = ${heredoc(key)}\n}\n${client(label, `secret_public_key = var.${label}`)}`,
  );
  const { domo, plan } = await setUp(configuration.join(''));
  for (const { code, text } of [await plan(), await plan('-json')]) {
    const parts = Object.values(keys).flatMap((key) => key.match(/[\w+/]{20,}/g) ?? []);
    expect([code, parts.filter((part) => text.includes(part))]).toEqual([1, []]);
    for (const label of Object.keys(keys)) expect(text).toContain(at(label));
    expect(text.match(/Error: The public key cannot be used/g)).toHaveLength(3);
  }
  expect(domo.requests).toEqual([]);
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

it.concurrent('lost and incomplete answers are settled as without a key', async () => {
  const made = await setUp(
    sealedFor(pair.publicKey) + client('b', `secret_public_key = ${heredoc(pair.publicKey)}`),
  );
  const { domo, apply, work, plan } = made;
  // Whichever POST comes first, the other one is answered without ids.
  domo.fail({ ...post, drop: 'after' });
  domo.quirks.created = ['no-id', 'no-client-id'];
  expect((await apply()).code).toBe(1);
  const first = [...domo.clients.values()];
  domo.quirks.created = [];
  const { resources } = await work.state();
  const [lost, ...others] = resources.filter(({ tainted }) => tainted);
  expect([resources.length, lost?.type, others]).toEqual([2, 'domo_api_client', []]);
  const { code, text } = await apply();
  expect([code, text]).toEqual([0, expect.stringContaining('1 added, 0 changed, 1 destroyed')]);
  expect(text).not.toContain('unconfirmed create request');
  expect((await plan()).code).toBe(0);
  for (const label of ['a', 'b']) {
    const { name, encrypted_client_secret: sealed } = await values(made, at(label));
    expect(openWithOpenssl(String(sealed), pair.privateKey)).toBe(named(domo, name).secret);
  }
  for (const { secret } of first) expect(filesWith(secret, work.folder, work.temp)).toEqual([]);
});
