import { firstEngine } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { occurrences } from './faults-support';
import { at, pointedAt, setUp, tearDown } from './setup';

afterAll(tearDown);

const long = 'Reads the sales datasets into the warehouse each night. '.repeat(8);
const resource = (name: string, description: string, label = 'a') =>
  `resource "domo_api_client" "${label}" {\n  name = ${name}\n  description = ${description}\n  scopes = ["data"]\n}\n`;
const importing = (label: string, id: string | number) =>
  `import {\n  to = ${at(label)}\n  id = "${id}"\n}\n`;
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
  it.concurrent('shows no drift of what was created or imported, and replaces it under its own spelling', async () => {
    const { domo, work, configure, apply, plan } = await setUp('', { quirks: { spelling } });
    const others = domo.add({
      name: spelling('R&D'),
      description: spelling('Reads the sales.\n\nOwner: R&D  team.\n'),
    });
    configure(
      resource('"R&D <export> 🚀 "', heredoc) +
        resource('"long"', JSON.stringify(long), 'long') +
        resource('"R&D"', heredoc, 'imported') +
        importing('imported', `id:${others.id}`),
    );
    const made = await apply();
    expect([made.code, made.text]).toEqual([
      0,
      expect.stringContaining('Plan: 1 to import, 2 to add, 0 to change, 0 to destroy.'),
    ]);
    const ids = [...domo.clients.keys()];
    expect(ids).toHaveLength(3);
    expect((await work.state()).attributes(at('imported')).id).toBe(String(others.id));
    expect((await plan()).code).toBe(0);
    configure(
      resource('"R&D <export> 🚀 "', '"Something else."') +
        resource('"R&D"', '"Something else."', 'imported') +
        importing('imported', `id:${others.id}`),
    );
    const replaced = await apply();
    expect([replaced.code, replaced.text]).toEqual([
      0,
      expect.stringContaining('Plan: 2 to add, 0 to change, 3 to destroy.'),
    ]);
    expect(occurrences(replaced.text, '# forces replacement')).toBe(2);
    expect(domo.clients.size).toBe(2);
    expect(ids.filter((id) => domo.clients.has(id))).toEqual([]);
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
  made.work.write('import.tf', importing('a', id));
  expect((await made.plan()).text).toContain('1 to import, 0 to add, 0 to change, 0 to destroy');
});

it('scopes that were granted differently are a warning at apply and at a refresh, and no replacement', async () => {
  const made = await setUp(resource('"export"', '""'), { quirks: { granted: () => ['data', 'user'] } });
  const applied = await made.apply();
  expect([applied.code, applied.text]).toEqual([0, expect.stringContaining('Domo granted different scopes')]);
  const { code, text } = await made.plan();
  expect([code, text]).toEqual([
    0,
    expect.stringContaining('Warning: Domo granted different scopes than requested'),
  ]);
});

describe('what a plan can know', () => {
  it.concurrent('two creations of one name, a name with blanks, and one client at two addresses', async () => {
    const { domo, configure, plan } = await setUp('');
    const { id } = domo.add({ name: 'one' });
    configure(
      resource('"twice"', '""') +
        resource('" twice"', '""', 'b') +
        resource('"one"', '""', 'c') +
        resource('"one"', '""', 'd') +
        importing('c', id) +
        importing('d', id),
    );
    const { code, text } = await plan();
    expect(code).toBe(2);
    expect(text).toContain('Warning: Two API clients with the same name are planned');
    expect(text).toContain('Warning: The name of an API client starts or ends with whitespace');
    expect(text).toContain('Two resources manage one API client');
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
  it.concurrent('see what the same apply has made, and not what it has replaced, through another provider', async () => {
    const maker = (description: string) =>
      `provider "domo" {\n  alias = "maker"\n}\n${resource('"export"', `"${description}"`).replace('{\n', '{\n  provider = domo.maker\n')}`;
    const { work, configure, apply } = await setUp(
      `${maker('before')}
data "domo_api_clients" "all" {
  depends_on = [domo_api_client.a]
}
data "domo_api_client" "one" {
  name = domo_api_client.a.name
  depends_on = [domo_api_client.a]
}
data "domo_api_clients" "before" {}
`,
    );
    const idSeen = async () => (await work.state()).attributes('data.domo_api_client.one').id;
    const idMade = async () => (await work.state()).attributes(at('a')).id;
    expect((await apply()).code).toBe(0);
    expect((await work.state()).attributes('data.domo_api_clients.all')).toMatchObject({ names: ['export'] });
    const first = await idMade();
    expect(await idSeen()).toBe(first);
    configure(
      `${maker('after')}
resource "domo_api_client" "early" {
  name   = "early"
  scopes = ["data"]
}
data "domo_api_client" "one" {
  name       = "export"
  depends_on = [domo_api_client.a, domo_api_client.early]
}
`,
    );
    expect((await apply()).code).toBe(0);
    expect(await idMade()).not.toBe(first);
    expect(await idSeen()).toBe(await idMade());
  });

  it.concurrent('an ambiguous name', async () => {
    const { domo, plan } = await setUp(
      `data "domo_api_client" "a" {\n  name = "twins"\n}\n${resource('"twins"', '""')}${importing('a', 'name:twins')}`,
    );
    domo.add({ name: 'twins' });
    domo.add({ name: 'twins' });
    const { text } = await plan();
    expect(text).toContain('Error: More than one API client has this name');
    expect(text).toContain('Error: The import ID is ambiguous');
  });
});
