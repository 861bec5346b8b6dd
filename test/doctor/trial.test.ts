import { type FakeDomo, fakeDomo, paths } from '../support/fake-domo';
import { until } from '../support/until';
import { report, trial, visit } from './run';

let domo: FakeDomo;
beforeEach(async () => {
  domo = await fakeDomo();
  domo.add({ name: 'of another' });
});
afterEach(() => domo.close());

const others = () => [...domo.clients.values()].map(({ name }) => name);
const nothingLeft = () => expect(others()).toEqual(['of another']);
const post = { method: 'POST', path: paths.clients };

it('makes one client, watches it and revokes it', async () => {
  const { code, names, of, text } = await trial(domo);
  expect(names.slice(10)).toEqual([
    'creation note',
    'listed-after ok',
    'spelling ok',
    'client-sign-in ok',
    'same-name ok',
    'revocation ok',
    'after-revocation ok',
    'clean-up ok',
  ]);
  expect(code).toBe(0);
  nothingLeft();
  expect(of('creation')[0]?.facts).toMatchObject({ status: 201, missing: ['created'], unknown: [] });
  expect(of('same-name')[0]?.facts).toEqual({ status: 400, words: 'The name exists' });
  expect(of('revocation')[0]?.facts).toMatchObject({ first: 204, second: 400 });
  expect(of('after-revocation')[0]?.facts).toMatchObject({
    listMs: expect.any(Number),
    signInMs: expect.any(Number),
  });
  expect(of('clean-up')[0]?.facts).toMatchObject({ revoked: ['1002'], notRevoked: [], mayExist: false });
  const [made] = domo.requests.filter(({ method }) => method === 'POST');
  const { name, description, scopes } = Object(made?.body) as Record<string, string>;
  expect(name).toMatch(/^doctor-[0-9a-f]{12} .*&.*\n.* $/s);
  expect(description).toMatch(/^ .*\n.*&.* $/s);
  expect(scopes).toHaveLength(1);
  expect(text).not.toMatch(/fake-(secret|access|token)-/);
});

it('asks for the name of the instance at a terminal', async () => {
  const { host } = new URL(domo.url);
  const right = await visit(domo, ['--write'], { typed: ` ${host.toUpperCase()} ` });
  expect(right.prompt).toContain(`Type the name of the instance (${host})`);
  expect(right.code).toBe(0);
  expect(domo.count(`POST ${paths.clients}`)).toBe(2);
});

it.each<[string, string[], { typed?: string }, RegExp]>([
  ['another name', ['--write'], { typed: 'acme' }, /"acme" is not ".*Nothing was created/],
  ['nothing', ['--write'], { typed: '' }, /"" is not "/],
  ['yes', ['--write', '--confirm', 'yes'], {}, /"yes" is not "/],
  [
    'no answer, without a terminal',
    ['--write'],
    {},
    /needs a terminal to ask on, or --confirm 127\.0\.0\.1:\d+/,
  ],
])('creates nothing for %s', async (_, args, options, sentence) => {
  const { code, text } = await visit(domo, args, options);
  expect(text).toMatch(sentence);
  expect(code).toBe(1);
  expect(domo.count(`POST ${paths.clients}`)).toBe(0);
});

it('refuses under read_only before it asks anything', async () => {
  const { code, of } = await trial(domo, { env: { DOMO_READ_ONLY: 'true' } });
  expect(code).toBe(1);
  expect(of('trial')[0]?.says).toContain('DOMO_READ_ONLY');
  expect(domo.requests).toEqual([]);
  expect((await report(domo, [], { env: { DOMO_READ_ONLY: 'true' } })).code).toBe(0);
});

it('creates nothing without a list to find it in again', async () => {
  domo.fail({ method: 'GET', path: paths.clients, status: 403, body: 'Forbidden' });
  const { code, names } = await trial(domo);
  expect([code, names.at(-1)]).toEqual([1, 'trial failed']);
  expect(domo.count(`POST ${paths.clients}`)).toBe(0);
});

it('reports how Domo spells', async () => {
  domo.quirks.spelling = (text) => text.trim().replace(/\s+/g, ' ').replaceAll('&', '&amp;');
  const { code, of } = await trial(domo);
  expect(code).toBe(0);
  expect(of('spelling')).toMatchObject([
    { status: 'note', facts: { shownName: expect.stringMatching(/^doctor-\w+ a &amp; b c$/) } },
  ]);
  nothingLeft();
  // For people too: what differs may be nothing but the number of blanks.
  const { text } = await visit(domo, ['--write', '--confirm', new URL(domo.url).host]);
  expect(text).toMatch(/^note +spelling +.*"doctor-\w+ {2}a & b\\nc " is shown as "doctor-\w+ a &amp; b c"/m);
});

it('tries plainer spellings if Domo refuses the odd ones', async () => {
  domo.fail({ ...post, status: 400, body: { status: 400, message: 'No line breaks' }, times: 2 });
  const { code, of } = await trial(domo);
  expect(code).toBe(0);
  expect(of('creation').map(({ status, facts }) => [status, facts?.spelling])).toEqual([
    ['note', 'blanks, "&" and a line break'],
    ['note', 'blanks and "&", with a line break in the description'],
    ['note', 'plain words'],
  ]);
  expect(of('creation')[0]?.says).toContain('No line breaks');
  nothingLeft();
});

it('ends if Domo refuses every client, or the caller', async () => {
  domo.fail({ ...post, status: 400, body: { status: 400, message: 'No' }, times: 3 });
  expect((await trial(domo)).names.slice(-2)).toEqual(['trial failed', 'clean-up ok']);
  domo.me.may.create = false;
  const { code, names, of } = await trial(domo);
  expect([code, ...names.slice(-2)]).toEqual([1, 'creation failed', 'clean-up ok']);
  expect(of('creation')[0]?.says).toMatch(
    /403.*which "Manage All Access Tokens and API Clients" does not include\.$/,
  );
  nothingLeft();
});

it.each<[string, object]>([
  ['the connection breaks', { drop: 'after' }],
  ['the answer breaks off', { drop: 'middle' }],
  ['a gateway answers 504', { status: 504, body: 'Gateway Timeout', afterWork: true }],
  ['a proxy answers 403', { status: 403, body: '<html>no</html>', afterWork: true }],
  ['the answer has no secret', { status: 200, body: {}, afterWork: true }],
])('finds the client by its name and revokes it if %s', async (_, fault) => {
  domo.quirks.spelling = (text) => text.trim();
  domo.quirks.lateMs = 60;
  domo.fail({ ...post, ...fault });
  const { code, of } = await trial(domo);
  expect(of('creation')).toMatchObject([{ status: 'warning', facts: { foundByName: true } }]);
  expect(of('clean-up')).toMatchObject([{ status: 'ok', facts: { revoked: ['1002'] } }]);
  expect(code).toBe(0);
  nothingLeft();
});

it('says so if what a lost answer has made never appears', async () => {
  domo.quirks.lateLists = Number.POSITIVE_INFINITY;
  domo.fail({ ...post, drop: 'after' });
  const { code, of } = await trial(domo);
  expect(code).toBe(1);
  expect(of('creation')).toMatchObject([{ status: 'failed', facts: { foundByName: false } }]);
  expect(of('clean-up')).toMatchObject([{ status: 'failed', facts: { mayExist: true } }]);
  expect(of('clean-up')[0]?.todo).toMatch(/names that begin with doctor-[0-9a-f]{12}/);
});

it.each(['no-id', 'no-client-id', 'no-secret', 'id-as-text'] as const)(
  'revokes a client whose creation is answered with %s',
  async (odd) => {
    domo.quirks.created = [odd];
    const { of } = await trial(domo);
    expect(of('clean-up')).toMatchObject([{ status: 'ok', facts: { revoked: ['1002'] } }]);
    nothingLeft();
  },
);

it('reports and revokes a second client of the same name', async () => {
  let made = 0;
  domo.quirks.spelling = (text) => (text.startsWith('doctor-') ? `${text.trim()} #${++made}` : text);
  const { code, of } = await trial(domo);
  expect(of('same-name')).toMatchObject([
    { status: 'warning', says: expect.stringContaining('second client') },
  ]);
  expect(of('clean-up')).toMatchObject([{ status: 'ok', facts: { revoked: ['1002', '1003'] } }]);
  expect(code).toBe(0);
  nothingLeft();
});

it('says which client it could not revoke', async () => {
  domo.fail({ method: 'DELETE', path: paths.client, status: 403, body: 'Forbidden', times: 99 });
  const { code, of } = await trial(domo);
  expect(code).toBe(1);
  expect(of('revocation')).toMatchObject([{ status: 'failed' }]);
  expect(of('clean-up')).toMatchObject([{ status: 'failed', facts: { notRevoked: ['1002'] } }]);
  expect(of('clean-up')[0]?.says).toContain('NOT REVOKED: id 1002 (DELETE returned 403).');
});

it('tries again to revoke what a DELETE without an answer has left', async () => {
  domo.fail({ method: 'DELETE', path: paths.client, drop: 'before', times: 4 });
  const { of } = await trial(domo);
  expect(of('clean-up')).toMatchObject([{ status: 'ok', facts: { revoked: ['1002'] } }]);
  nothingLeft();
});

it('measures how long a client is missing in the list', async () => {
  domo.quirks.lateMs = 150;
  const { code, of } = await trial(domo);
  expect(code).toBe(0);
  expect(Number(of('listed-after')[0]?.facts?.ms)).toBeGreaterThanOrEqual(100);
  nothingLeft();
});

describe('interrupted', () => {
  const interruptWhen = async (isTime: () => boolean) => {
    const stop = new AbortController();
    const running = trial(domo, { signal: stop.signal, atMost: 60_000 });
    await until('the moment', isTime);
    stop.abort(new Error('interrupted by SIGINT'));
    return running;
  };

  it('while the list does not show the client yet', async () => {
    domo.quirks.lateMs = 1_000_000;
    const running = interruptWhen(() => domo.count(`GET ${paths.clients}`) > 4);
    const { code, of } = await running;
    expect(code).toBe(1);
    expect(of('trial')).toMatchObject([{ says: 'The trial was interrupted.' }]);
    expect(of('clean-up')).toMatchObject([{ status: 'ok', facts: { revoked: ['1002'] } }]);
    nothingLeft();
  });

  it('while the creation is on its way, whose answer arrives', async () => {
    domo.fail({ ...post, delay: 300 });
    const { code, of } = await interruptWhen(() => domo.count(`POST ${paths.clients}`) === 1);
    expect(code).toBe(1);
    expect(of('clean-up')).toMatchObject([{ status: 'ok', facts: { revoked: ['1002'] } }]);
    nothingLeft();
  });

  it('while the creation is on its way, whose answer is lost', async () => {
    domo.fail({ ...post, delay: 300, drop: 'after' });
    const { code, of } = await interruptWhen(() => domo.count(`POST ${paths.clients}`) === 1);
    expect(code).toBe(1);
    expect(of('clean-up')).toMatchObject([{ status: 'ok', facts: { revoked: ['1002'] } }]);
    nothingLeft();
  });

  it('before anything is created', async () => {
    domo.fail({ path: paths.me, hang: true });
    const { code, names } = await interruptWhen(() => domo.requests.length > 0);
    expect([code, names.at(-1)]).toEqual([1, 'interrupted failed']);
    expect(domo.count(`POST ${paths.clients}`)).toBe(0);
  });
});
