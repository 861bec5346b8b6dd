import { constants, privateDecrypt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesWith } from '../support/files-with';
import { rsaKey } from '../support/keys';
import { engines } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { calls, occurrences, post } from './faults-support';
import { type Setup, setUp, tearDown } from './setup';

afterAll(tearDown);

const rotating = (more = '') => `
variable "now" {
  default = null
}
data "domo_api_clients" "all" {}
locals {
  export = provider::domo::rotation(
    { prefix = "a & b ", first = "2026-01-01", every = "90d", overlap = "14d" ${more} },
    data.domo_api_clients.all.names,
    coalesce(var.now, plantimestamp()),
  )
}
resource "domo_api_client" "export" {
  for_each = toset(local.export.live)
  name     = "a & b \${each.key}"
  scopes   = ["data"]
}
output "current" {
  value = nonsensitive(domo_api_client.export[local.export.current].id)
}
`;

function opened(key: string, text: string): string {
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return privateDecrypt({ key, ...padding }, Buffer.from(text, 'base64')).toString();
}

const at = (now: string) => `-var=now=${now}`;
/** The only client in the state. */
async function clientIn({ work }: Setup) {
  const [client] = (await work.state()).resources.filter(({ type }) => type === 'domo_api_client');
  if (!client) throw new Error('The state has no client.');
  return client;
}

/** The output of {@link rotating}. */
const currentIn = ({ work }: Setup) =>
  (JSON.parse(work.read('terraform.tfstate')) as { outputs: { current: { value: unknown } } }).outputs.current
    .value;

const resources = (text: string) => /Resources: (.*)\./.exec(text)?.[1] ?? text;

describe.each(engines())('with $name', (engine) => {
  it.concurrent('a leaked generation is replaced in two applies, and Domo may spell names as it likes', async () => {
    const made = await setUp(rotating(), {
      engine,
      quirks: { spelling: (text) => text.replace('&', '&amp;') },
    });
    const applied = async (now: string) => resources((await made.apply(at(now))).text);
    const current = () => currentIn(made);

    expect(await applied('2026-01-01T05:00:00Z')).toBe('1 added, 0 changed, 0 destroyed');
    const leaked = current();
    made.configure(rotating(', leaked = ["2026-01-01"]'));
    expect(await applied('2026-01-01T15:00:00Z')).toBe('1 added, 0 changed, 0 destroyed');
    expect(current()).toBe(leaked);
    expect(await applied('2026-01-01T15:05:00Z')).toBe('0 added, 0 changed, 1 destroyed');
    expect(current()).not.toBe(leaked);
    expect([...made.domo.clients.values()].map(({ name }) => name)).toEqual([
      'a &amp; b 2026-01-01T15:00:00Z',
    ]);

    made.configure(rotating(', rotate_at = ["2026-02-01"]'));
    expect(await applied('2026-02-01T05:00:00Z')).toBe('1 added, 0 changed, 0 destroyed');
    made.configure(rotating());
    expect((await made.plan(at('2026-02-01T06:00:00Z'))).text).toContain('Changes to Outputs');
  });

  it.concurrent('a generation takes another key, and its creation may fail: nothing is revoked before it is there', async () => {
    const [old, other] = [rsaKey(), rsaKey()];
    const sealed = (key: string) =>
      rotating().replace(/^ {2}scopes .*$/m, `  scopes = ["data"]\n  secret_public_key = ${key}`);
    const made = await setUp(sealed(JSON.stringify(old.publicKey)), { engine });
    const applied = async (now: string) => resources((await made.apply(at(now))).text);
    const clients = () => [...made.domo.clients.values()];
    expect(await applied('2026-01-01T05:00:00Z')).toBe('1 added, 0 changed, 0 destroyed');
    const [first] = clients();

    const keys = `{ "2026-01-01" = ${JSON.stringify(old.publicKey)} }, each.key, ${JSON.stringify(other.publicKey)}`;
    made.configure(sealed(`lookup(${keys})`));
    made.domo.fail({ ...post, status: 403, body: { status: 403, message: 'Forbidden' }, times: 9 });
    expect((await made.apply(at('2026-04-01T05:00:00Z'))).code).toBe(1);
    made.domo.reset();
    expect(clients()).toEqual([first]);
    expect(first?.name).toBe('a & b 2026-01-01');

    // Another day makes it, and the overlap begins with it.
    expect(await applied('2026-04-05T05:00:00Z')).toBe('1 added, 0 changed, 0 destroyed');
    expect(clients()).toContain(first);
    expect((await made.plan(at('2026-04-19T23:00:00Z'))).text).not.toContain('to destroy');
    expect(await applied('2026-04-20T00:00:00Z')).toBe('0 added, 0 changed, 1 destroyed');
    const { encrypted_client_secret: text, client_secret: clear } = (await clientIn(made)).values;
    const [last] = clients();
    expect([opened(other.privateKey, String(text)), clear]).toEqual([last?.secret, null]);
    for (const { secret } of [first, last] as { secret: string }[]) {
      expect(filesWith(secret, made.work.folder, made.work.temp)).toEqual([]);
    }
  });

  it.concurrent('plantimestamp() within for_each: validate, a saved plan, import by a block, destroy', async () => {
    const made = await setUp(rotating(), { engine });
    const { work, domo } = made;
    expect(await work.run('validate', '-no-color')).toMatchObject({ code: 0 });
    expect(await made.plan('-out=saved.plan')).toMatchObject({ code: 2 });
    expect(resources((await work.run('apply', '-no-color', 'saved.plan')).text)).toContain('1 added');

    const { address, values } = await clientIn(made);
    rmSync(join(work.folder, 'terraform.tfstate'));
    expect((await work.run('import', '-no-color', address, String(values.id))).code).toBe(1);
    work.write('import.tf', `import {\n  to = ${address}\n  id = "${values.id}"\n}\n`);
    expect(resources((await made.apply()).text)).toContain('1 imported, 0 added, 0 changed, 0 destroyed');
    work.write('import.tf', '');
    expect((await made.destroy()).code).toBe(0);
    expect(domo.clients.size).toBe(0);
  });
});

it.concurrent('the errors of the function name its argument', async () => {
  const overlapping =
    'provider::domo::rotation({ prefix = "b ", first = "2026-01-01", every = "90d", overlap = "90d" }, [], plantimestamp())';
  const { plan } = await setUp(
    `${rotating(', leaked = ["soon"]')}output "overlapping" {\n  value = ${overlapping}\n}\n`,
  );
  const { code, text } = await plan();
  expect(code).toBe(1);
  expect(occurrences(text, 'Invalid value for "schedule" parameter')).toBe(2);
  expect(text).toContain('"overlap" must be shorter than "every"');
});

// Engines need half a minute for two hundred.
const many = isThorough ? 200 : 20;

it.concurrent(`${many} rotating clients of two schedules cost one list`, async () => {
  const made = await setUp(`
variable "now" {}
data "domo_api_clients" "all" {}
locals {
  names     = [for index in range(${many}) : "export \${index} "]
  rotations = {
    for index, prefix in local.names : prefix => provider::domo::rotation(
      { prefix = prefix, first = "2026-01-01", every = index % 2 == 0 ? "90d" : "26w", overlap = "14d" },
      data.domo_api_clients.all.names,
      var.now,
    )
  }
}
resource "domo_api_client" "export" {
  for_each = merge([for prefix, it in local.rotations : { for key in it.live : "\${prefix}\${key}" => prefix }]...)
  name     = each.key
  scopes   = ["data"]
}
`);
  expect(resources((await made.apply(at('2026-01-01T05:00:00Z'))).text)).toContain(`${many} added`);
  made.domo.reset();
  expect((await made.plan(at('2026-03-31T05:00:00Z'))).code).toBe(0);
  expect(made.domo.count(calls.list)).toBe(1);
  made.domo.reset();
  expect((await made.plan(at('2026-04-01T05:00:00Z'))).text).toContain(
    `${many / 2} to add, 0 to change, 0 to destroy`,
  );
  expect(made.domo.count(calls.list)).toBeLessThanOrEqual(2);
}, 120_000);
