import { firstEngine } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { only } from './faults-support';
import { pointedAt, setUp, tearDown } from './setup';

afterAll(tearDown);

const address = 'domo_api_client.a';
const long = 'Reads the sales datasets into the warehouse each night. '.repeat(8);
const resource = (name: string, description: string) =>
  `resource "domo_api_client" "a" {\n  name = ${name}\n  description = ${description}\n  scopes = ["data"]\n}\n`;
const heredoc = '<<-EOT\n    Reads the sales.\n\n    Owner: R&D  team.\n  EOT';

const spellings: [string, (text: string) => string][] = [
  ['collapses blanks', (text) => text.replace(/\s+/g, ' ')],
  ['escapes', (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')],
  ['cuts at 100 and strips', (text) => text.slice(0, 100).trim()],
  ['has no emoji', (text) => text.replace(/\p{Extended_Pictographic}/gu, '?')],
];
const more: typeof spellings = [
  ['strips', (text) => text.trim()],
  ['takes LF for CRLF and strips', (text) => text.replaceAll('\r\n', '\n').trim()],
  ['cuts at 255', (text) => text.slice(0, 255)],
];

describe.each([...spellings, ...(isThorough ? more : [])])('a Domo that %s', (_, spelling) => {
  it.concurrent('shows no drift, and its client is revoked under its own spelling', async () => {
    const made = await setUp(resource('"R&D <export> 🚀 "', heredoc), { quirks: { spelling } });
    expect((await made.apply()).code).toBe(0);
    const { id } = only(made.domo);
    expect((await made.plan()).code).toBe(0);
    made.configure(resource('"R&D <export> 🚀 "', JSON.stringify(long)));
    expect((await made.apply()).code).toBe(0);
    expect(only(made.domo).id).not.toBe(id);
    expect((await made.plan()).code).toBe(0);
    expect((await made.destroy()).code).toBe(0);
    expect(made.domo.clients.size).toBe(0);
  });

  it.concurrent('has a client that is imported into the configuration as it was written', async () => {
    const made = await setUp(resource('"R&D"', heredoc), { quirks: { spelling } });
    const { id } = made.domo.add({
      name: 'R&D',
      description: spelling('Reads the sales.\n\nOwner: R&D  team.\n'),
    });
    made.domo.clients.set(id, { ...only(made.domo), name: spelling('R&D') });
    made.work.write('import.tf', `import {\n  to = ${address}\n  id = "id:${id}"\n}\n`);
    const planned = await made.plan();
    expect(planned.text).toContain('Plan: 1 to import, 0 to add, 0 to change, 0 to destroy.');
    expect((await made.apply()).code).toBe(0);
    expect((await made.plan()).code).toBe(0);
    made.configure(resource('"R&D"', '"Something else."'));
    expect((await made.plan()).text).toContain('forces replacement');
  });
});

it('a client is revoked under the name that its creation has shown, also without a refresh', async () => {
  const spelling = (text: string) => text.toUpperCase().slice(0, 40);
  const made = await setUp(resource('"Sales of the north, for the nightly export"', '""'), {
    quirks: { spelling },
  });
  const { code, text } = await made.apply();
  expect([code, text]).toEqual([
    0,
    expect.stringContaining('Domo shows the name of an API client differently'),
  ]);
  expect((await made.destroy('-refresh=false')).code).toBe(0);
  expect(made.domo.clients.size).toBe(0);
});

it('a name that is JSON is the same in another spelling, as jsonencode writes it', async () => {
  const made = await setUp(resource('jsonencode({ b = [1.0, "<x>"], a = 1 })', '""'));
  const { id } = made.domo.add({ name: '{ "a": 1, "b": [1, "<x>"] }' });
  made.work.write('import.tf', `import {\n  to = ${address}\n  id = "${id}"\n}\n`);
  expect((await made.plan()).text).toContain('1 to import, 0 to add, 0 to change, 0 to destroy');
});

it('scopes that were granted differently are a warning at apply and at each refresh, and no replacement', async () => {
  const made = await setUp(resource('"export"', '""'), { quirks: { granted: () => ['data', 'user'] } });
  const applied = await made.apply();
  expect([applied.code, applied.text]).toEqual([0, expect.stringContaining('Domo granted different scopes')]);
  for (let round = 0; round < 2; round++) {
    const { code, text } = await made.plan();
    expect([code, text]).toEqual([
      0,
      expect.stringContaining('Warning: Domo granted different scopes than requested'),
    ]);
  }
});

describe('what a plan can know', () => {
  it.concurrent('two creations of one name, a name with blanks, and one client at two addresses', async () => {
    const made = await setUp(resource('"twice"', '""') + resource('" twice"', '""').replace('"a"', '"b"'));
    const { text } = await made.plan();
    expect(text).toContain('Warning: Two API clients with the same name are planned');
    expect(text).toContain('Warning: The name of an API client starts or ends with whitespace');
    const two = await setUp(resource('"one"', '""') + resource('"one"', '""').replace('"a"', '"b"'));
    const { id } = two.domo.add({ name: 'one' });
    for (const to of ['a', 'b'])
      await two.work.run('import', '-no-color', `domo_api_client.${to}`, String(id));
    const planned = await two.plan();
    expect([planned.code, planned.text]).toEqual([
      0,
      expect.stringContaining('Two resources manage one API client'),
    ]);
  });

  it.concurrent('the instance: a plan that was saved for one is not applied to another', async () => {
    const made = await setUp(resource('"export"', '""'), {
      env: (domo) => ({ ...pointedAt(domo), DOMO_INSTANCE: 'acme' }),
    });
    const { text } = await made.work.run('plan', '-no-color', '-out=saved.tfplan');
    expect(text).toMatch(/instance\s+= "acme"/);
    const { path } = firstEngine();
    const other = { DOMO_INSTANCE: 'other' };
    const refused = await made.work.program(path, ['apply', '-no-color', 'saved.tfplan'], other).done;
    expect([refused.code, refused.text]).toEqual([1, expect.stringContaining('"acme"')]);
    expect(made.domo.clients.size).toBe(0);
  });
});

describe('data sources', () => {
  it.concurrent('see what the same apply has made through another provider', async () => {
    const made = await setUp(
      `provider "domo" {\n  alias = "maker"\n}\n${resource('"export"', '""').replace('{\n', '{\n  provider = domo.maker\n')}
data "domo_api_clients" "all" {
  depends_on = [domo_api_client.a]
}
data "domo_api_client" "one" {
  name = domo_api_client.a.name
  depends_on = [domo_api_client.a]
}
data "domo_api_clients" "before" {}
output "names" {
  value = [data.domo_api_clients.all.names, data.domo_api_client.one.id == domo_api_client.a.id]
}
`,
    );
    const { code, text } = await made.apply();
    expect([code, text]).toEqual([0, expect.stringContaining('"export"')]);
  });

  it.concurrent('do not see what the same apply has replaced through another provider', async () => {
    const maker = (description: string) =>
      `provider "domo" {\n  alias = "maker"\n}\n${resource('"export"', `"${description}"`).replace('{\n', '{\n  provider = domo.maker\n')}`;
    const made = await setUp(maker('before'));
    await made.apply();
    made.configure(
      `${maker('after')}
resource "domo_api_client" "early" {
  name   = "early"
  scopes = ["data"]
}
data "domo_api_client" "one" {
  name       = "export"
  depends_on = [domo_api_client.a, domo_api_client.early]
}
output "is_new" {
  value = data.domo_api_client.one.id == domo_api_client.a.id ? "the new one" : "the old one"
}
`,
    );
    const { code, text } = await made.apply();
    expect([code, text]).toEqual([0, expect.stringContaining('is_new = "the new one"')]);
  });

  it.concurrent('an ambiguous name, and an entry without scopes', async () => {
    const made = await setUp('data "domo_api_client" "a" {\n  name = "twins"\n}\n');
    made.domo.add({ name: 'twins' });
    made.domo.add({ name: 'twins' });
    expect((await made.plan()).text).toContain('Error: More than one API client has this name');
    made.configure(
      `import {\n  to = domo_api_client.a\n  id = "name:twins"\n}\n${resource('"twins"', '""')}`,
    );
    expect((await made.plan()).text).toContain('Error: The import ID is ambiguous');
  });
});
