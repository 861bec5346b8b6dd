import { isThorough } from '../support/thorough';
import { get, occurrences, reports } from './faults-support';
import { at, client, type Setup, setUp, tearDown } from './setup';

// What a plan says about names that are taken, and about live credentials that it would revoke.
afterAll(tearDown);

const taken = 'The name of a planned API client is taken';
const recreated = 'A live API client will be revoked and recreated';

const listed = (...names: string[]) =>
  `resource "domo_api_client" "all" {
 count       = ${names.length}
 name        = ${JSON.stringify(names)}[count.index]
 description = "One of several."
 scopes      = ["data"]
}
`;
const keyed = (prefix: string, ...names: string[]) =>
  `resource "domo_api_client" "all" {
 for_each    = { for name in ${JSON.stringify(names)} : "${prefix}\${name}" => name }
 name        = each.value
 description = "One of several."
 scopes      = ["data"]
}
`;
const numbered = (length: number) =>
  Array.from({ length }, (_, number) => `export ${String(number).padStart(2, '0')}`);
const many = numbered(12);
/** Enough for a limit of ten to say something. */
const twiceAsMany = numbered(24);
const moved = 'moved {\n from = domo_api_client.a\n to = domo_api_client.renamed\n}\n';
const warnings = (text: string, title: string) => occurrences(text, `Warning: ${title}`);

/** Lays out workspaces whose state has what one apply has made; they share its Domo, so they only plan. */
function after(configuration: string): (next: string) => Promise<Setup> {
  let before: Promise<Setup> | undefined;
  async function applied(): Promise<Setup> {
    const made = await setUp(configuration);
    expect((await made.apply()).code).toBe(0);
    return made;
  }
  return async (next) => {
    before ??= applied();
    const { domo, work } = await before;
    return setUp(next, { domo, files: { 'terraform.tfstate': work.read('terraform.tfstate') } });
  };
}
const afterTwo = after(reports() + client('other'));

it.concurrent('a renamed resource revokes a live client: that is said, and moved keeps it', async () => {
  const renamed = client('renamed', 'name = "reports"') + client('other');
  const { domo, configure, plan } = await afterTwo(renamed);
  const { code, text } = await plan();
  expect(code).toBe(2);
  expect(warnings(text, recreated)).toBe(1);
  expect(text).toContain('This plan revokes API client "reports"');
  expect(text).toContain('moved { from = <old address of the resource>');
  expect(warnings(text, taken)).toBe(0);

  configure(renamed + moved);
  const kept = await plan();
  expect(kept.text).toContain('0 to add, 0 to change, 0 to destroy');
  expect(warnings(kept.text, recreated)).toBe(0);
  expect(domo.clients.size).toBe(2);
});

it.concurrent('what is destroyed and created in one plan but differs is no renamed resource', async () => {
  const { plan } = await afterTwo(
    client('renamed', 'name = "reports"', 'scopes = ["user"]') + client('other'),
  );
  const { code, text } = await plan();
  expect(code).toBe(2);
  expect(warnings(text, recreated)).toBe(0);
});

it.concurrent('a name is taken by a client which the same plan keeps: that is said', async () => {
  const { plan } = await afterTwo(reports() + client('other') + client('copy', 'name = "reports"'));
  // The engine plans the two in either order: several plans are likely to meet both.
  for (let round = 0; round < (isThorough ? 3 : 1); round++) {
    const { code, text } = await plan();
    expect(code).toBe(2);
    expect(warnings(text, taken)).toBe(1);
  }
});

it.concurrent('a client that is replaced by -replace, or is tainted, is not in its own way', async () => {
  const { work, plan } = await afterTwo(reports() + client('other'));
  await work.run('taint', at('other'));
  const { text } = await plan(`-replace=${at('a')}`);
  expect(text).toContain('2 to add, 0 to change, 2 to destroy');
  expect([warnings(text, taken), warnings(text, recreated)]).toEqual([0, 0]);
});

const always = ['', '-parallelism=1', '-refresh=false'];
// Without a refresh, new keys are planned before anything tells that the holders of their names are managed here. With one,
// Terraform plans some of them before it reads the first old key: up to ten at once by default. The unit test of planned
// names has the exact order.
const afterListed = after(listed(...many));
it.concurrent.each<[string, typeof afterListed, string, string[], number]>([
  ['an index that moves on', afterListed, listed(...many.slice(1)), always, 1],
  [
    'names that rotate',
    afterListed,
    listed(...many.slice(1), many[0] as string),
    isThorough ? always : [''],
    1,
  ],
  [
    'keys that change',
    after(keyed('old ', ...twiceAsMany)),
    keyed('new ', ...twiceAsMany),
    ['', '-parallelism=1'],
    10,
  ],
])('%s: it is said once that clients are recreated, however many', async (_, before, next, ways, limit) => {
  const { plan } = await before(next);
  for (const way of ways) {
    const { code, text } = await plan('-json', ...way.split(' ').filter(Boolean));
    const count = (title: string) => occurrences(text, `"summary":"${title}"`);
    expect([way, code, count(recreated)]).toEqual([way, 2, 1]);
    expect(count(taken)).toBeLessThanOrEqual(limit);
  }
});

it.concurrent('each name that is taken by a client of nobody here is said', async () => {
  const { domo, plan } = await setUp(client('a') + client('b') + client('c'));
  const [a, b] = [domo.add({ name: 'a' }), domo.add({ name: 'b' })];
  const { code, text } = await plan('-json');
  expect(code).toBe(2);
  expect(text).toContain(`API client \\"a\\" (id ${a.id})`);
  expect(text).toContain(`API client \\"b\\" (id ${b.id})`);
});

it.concurrent('many imports warn once that secrets are unknown', async () => {
  const { domo, configure, plan } = await setUp('');
  const ids = many.map((name) => domo.add({ name, description: 'One of several.', scopes: ['data'] }).id);
  configure(
    listed(...many) +
      ids.map((id, index) => `import {\n to = domo_api_client.all[${index}]\n id = "id:${id}"\n}\n`).join(''),
  );
  const { text } = await plan('-json');
  expect(text).toContain('12 to import, 0 to add, 0 to change, 0 to destroy');
  expect(occurrences(text, '"summary":"The secret of an imported API client is unknown"')).toBe(1);
});

const blockedPage = '<html><head><title>Domo - Blocked</title></head><body>Your IP is blocked.</body></html>';

it.concurrent.each<[string, object, RegExp]>([
  ['a token that is refused', { status: 401 }, /Error: Domo rejected the credentials .*so planning stopped/],
  [
    'a caller without a grant',
    { status: 403 },
    /Error: Domo rejected the request .*Manage All Access Tokens/,
  ],
  [
    "Domo's page for strange addresses",
    { status: 200, body: blockedPage },
    /Error: This IP address is not on Domo's allowlist .*on the instance's allowlist. Have an administrator/,
  ],
  [
    'the way to that page',
    { status: 303, headers: { Location: 'https://acme.domo.com/whitelist/blocked' } },
    /Error: This IP address is not on Domo's allowlist /,
  ],
])('%s fails a plan of new clients, once', async (_, fault, says) => {
  const { domo, plan } = await setUp(client('a') + client('b') + client('c'));
  domo.fail({ ...get, ...fault, times: 99 });
  const { code, text } = await plan();
  expect([code, text]).toEqual([1, expect.stringMatching(says)]);
  expect(occurrences(text, 'Error: ')).toBe(1);
});

it.concurrent.each<[string, Record<string, string>, RegExp]>([
  ['a proxy of a kind that cannot be used', { HTTPS_PROXY: 'socks5://127.0.0.1:9' }, /names a socks5 proxy/],
  ['what is no proxy', { HTTPS_PROXY: 'http://:::' }, /HTTPS_PROXY is not the address of a proxy/],
  [
    'a line break in the token',
    { DOMO_ACCESS_TOKEN: 'fake\ntoken' },
    /X-DOMO-Developer-Token contains a line/,
  ],
])('%s on this machine fails a plan of new clients, too', async (_, variables, says) => {
  const env = () => ({ DOMO_INSTANCE: 'fake-instance', DOMO_ACCESS_TOKEN: 'fake-token', ...variables });
  const { plan } = await setUp(client('a'), { env });
  const { code, text } = await plan();
  expect([code, text]).toEqual([1, expect.stringMatching(says)]);
  expect(text).toContain('The apply would fail the same way');
});

it.concurrent('a Domo that has failed is a warning, with the number of attempts and its trace id', async () => {
  const { domo, plan, apply } = await setUp(client('a') + client('b'), { provider: 'max_retries = 2' });
  domo.fail({ ...get, status: 503, body: { status: 503, message: 'no', toe: 'TOE-1-FAKE' }, times: 3 });
  const { code, text } = await apply();
  expect(code).toBe(0);
  expect(warnings(text, 'Could not check whether names are taken')).toBe(1);
  expect(text).toContain('Domo returned 503 (no), 3 times in a row.');
  expect(text).toContain("Trace id for Domo's support: TOE-1-FAKE.");
  domo.fail({ ...get, status: 500, times: 3 });
  const read = await plan();
  expect([read.code, read.text]).toEqual([1, expect.stringContaining('Error: Domo returned a server error')]);
});
