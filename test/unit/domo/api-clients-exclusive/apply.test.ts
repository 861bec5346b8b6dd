import { loadTransport } from '../../../../provider/domo/api/transport/http';
import { type FakeDomo, fakeDomo, paths } from '../../../support/fake-domo';
import { existing, namesIn, only, revocations, set, settled, shown, text, titles } from './support';

let domo: FakeDomo;
beforeAll(() => loadTransport());
beforeEach(async () => {
  domo = await fakeDomo();
  domo.add({ name: 'portal' });
});
afterEach(() => domo.close());

const configuration = { [set]: only(['portal']) };
const changed = 'An API client has changed since the plan';

/** A plan that shows the removal of these clients. */
async function planned(...rogues: string[]) {
  const engine = await settled(domo, configuration);
  const clients = rogues.map((name) => domo.add({ name }));
  const plan = await engine.plan(configuration, engine.state);
  expect(shown(plan)).toEqual(rogues.map((name) => `- ${name}`));
  domo.reset();
  return { ...engine, plan, next: engine.plan, clients };
}

describe('between plan and apply', () => {
  it('a new client is left for the next plan', async () => {
    const { plan, apply, next } = await planned('rogue');
    domo.add({ name: 'newcomer' });
    const { state, said } = await apply(plan);
    expect(titles(said)).toEqual([]);
    expect(existing(domo)).toEqual(['newcomer', 'portal']);
    expect(shown(await next(configuration, state))).toEqual(['- newcomer']);
  });

  it('a new client that took the name of one that goes is left, and said', async () => {
    const { plan, apply, next, clients } = await planned('rogue');
    domo.revoke(clients[0]?.id ?? 0);
    const other = domo.add({ name: 'rogue' });
    const { state, said } = await apply(plan);
    expect(titles(said)).toEqual([changed]);
    expect(text(said)).toContain(`Domo now has API client "rogue" (id ${other.id}), which is another client`);
    expect([existing(domo), revocations(domo)]).toEqual([['portal', 'rogue'], 0]);
    expect(shown(await next(configuration, state))).toEqual(['- rogue']);
  });

  it('a second client of its name is left, and the one that was shown is revoked', async () => {
    const { plan, apply, next, clients } = await planned('rogue');
    const other = domo.add({ name: 'rogue' });
    const { state, said } = await apply(plan);
    expect(titles(said)).toEqual([]);
    expect([domo.clients.has(clients[0]?.id ?? 0), domo.clients.has(other.id)]).toEqual([false, true]);
    expect(shown(await next(configuration, state))).toEqual(['- rogue']);
  });

  it.each([
    ['another client id', { clientId: 'ffffffff-0000-4000-8000-000000000000' }],
    ['another name', { name: 'reports' }],
  ])('a client whose id has %s now is left, and said', async (_, fields) => {
    const { plan, apply, clients } = await planned('rogue', 'second');
    Object.assign(clients[0] ?? {}, fields);
    const { said } = await apply(plan);
    expect(titles(said)).toEqual([changed]);
    expect(domo.clients.has(clients[0]?.id ?? 0)).toBe(true);
    expect(domo.clients.has(clients[1]?.id ?? 0)).toBe(false);
  });

  it('a client that is gone is no error', async () => {
    const { plan, apply, clients } = await planned('rogue', 'second');
    domo.revoke(clients[0]?.id ?? 0);
    const { state, said } = await apply(plan);
    expect([titles(said), existing(domo), namesIn(state)]).toEqual([[], ['portal'], ['portal']]);
  });

  it.each([400, 404] as const)('nor is one that goes just before its own DELETE: a %i', async (status) => {
    const { plan, apply, clients } = await planned('rogue');
    domo.quirks.absentDelete = status;
    domo.fail({ method: 'DELETE', path: paths.client, delay: 100 });
    const applying = apply(plan);
    while (revocations(domo) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    domo.revoke(clients[0]?.id ?? 0);
    const { said } = await applying;
    expect([titles(said), existing(domo)]).toEqual([[], ['portal']]);
  });

  it('a caller who sees less proves nothing: nobody is told that the client is gone', async () => {
    const { plan, apply, next } = await planned('rogue');
    domo.me.sees = 'own';
    const { state, said } = await apply(plan);
    expect(titles(said)).toEqual([changed]);
    expect(text(said)).toContain('does not prove that it is gone');
    domo.me.sees = 'all';
    expect(shown(await next(configuration, state))).toEqual(['- rogue']);
  });

  it.each([
    ['instance', { instance: 'other' }, 'state belongs'],
    ['address', { base_url: 'http://127.0.0.1:9' }, 'plan was made'],
  ])('another %s revokes nothing', async (_, settings, what) => {
    const { plan, apply } = await planned('rogue');
    for (const plansAgain of [true, false]) {
      const { state, said } = await apply(plan, settings, { plansAgain });
      expect(titles(said)).toEqual([expect.stringMatching(new RegExp(`^! The ${what} .*another instance$`))]);
      expect([domo.requests, namesIn(state)]).toEqual([[], ['portal', 'rogue']]);
    }
  });

  it('read_only refuses, before anything is asked', async () => {
    const { plan, apply } = await planned('rogue');
    const { state, said } = await apply(plan, { read_only: true });
    expect(titles(said)).toEqual(['! The provider is read-only']);
    expect([domo.requests, namesIn(state)]).toEqual([[], ['portal', 'rogue']]);
  });
});

describe('each revocation', () => {
  it('is checked with a list of its own', async () => {
    const { plan, apply } = await planned('first', 'second', 'third');
    await apply(plan);
    const calls = domo.requests.map(({ method }) => method);
    expect(calls).toEqual(['GET', 'DELETE', 'GET', 'DELETE', 'GET', 'DELETE', 'GET']);
  });

  it('that Domo refuses leaves its name in the state, and the others go', async () => {
    const { plan, apply, next } = await planned('first', 'second', 'third');
    domo.fail({ method: 'DELETE', path: paths.client, status: 403 });
    const { state, said } = await apply(plan);
    expect(titles(said)).toEqual(['! Domo rejected the request']);
    expect(text(said)).toContain('Revoking API client "first"');
    expect([existing(domo), namesIn(state)]).toEqual([
      ['first', 'portal'],
      ['first', 'portal'],
    ]);
    for (const refresh of [true, false]) {
      const again = await next(configuration, state, { refresh });
      expect(shown(again)).toEqual(['- first']);
    }
    expect(titles((await apply(await next(configuration, state))).said)).toEqual([]);
    expect(existing(domo)).toEqual(['portal']);
  });

  it('whose answer is lost, with the client still there, ends the apply: all that are left stay in the state', async () => {
    const { plan, apply, next } = await planned('first', 'second', 'third');
    let deletes = 0;
    domo.fail({ method: 'DELETE', path: paths.client, delay: 1 });
    domo.fail({ method: 'DELETE', path: paths.client, drop: 'before', times: 9 });
    const { state, said } = await apply(plan);
    for (const { method } of domo.requests) if (method === 'DELETE') deletes += 1;
    expect(titles(said)).toEqual(['! No response from Domo']);
    expect(text(said)).toContain('were not tried');
    expect([existing(domo), deletes]).toEqual([['portal', 'second', 'third'], 2]);
    expect(namesIn(state)).toEqual(['portal', 'second', 'third']);
    domo.reset();
    expect(shown(await next(configuration, state))).toEqual(['- second', '- third']);
  });

  it('in front of a list that is incomplete is none', async () => {
    const { plan, apply } = await planned('rogue');
    domo.fail({ path: paths.clients, status: 200, headers: { 'x-total-count': '9' }, body: [], times: 9 });
    const { state, said } = await apply(plan);
    expect(titles(said)).toEqual(["! Domo's list of API clients is incomplete"]);
    expect([revocations(domo), namesIn(state)]).toEqual([0, ['portal', 'rogue']]);
  });
});

it('an apply that only adds names does not depend on Domo', async () => {
  const { state, plan, apply } = await settled(domo, configuration);
  const more = await plan({ [set]: only(['portal', 'more']) }, state);
  domo.fail({ path: paths.clients, status: 503, times: 9 });
  const after = await apply(more);
  expect([titles(after.said), namesIn(after.state)]).toEqual([[], ['more', 'portal']]);
  domo.reset();
  expect((await plan({ [set]: only(['portal', 'more']) }, after.state)).changes).toEqual([]);
});

it('a memory that another program has broken revokes nothing', async () => {
  const { plan, state, apply, next } = await planned('rogue');
  const broken = (stored: string) => {
    const prior = new Map(plan.prior);
    const entry = prior.get(set);
    if (entry) prior.set(set, { ...entry, private: Buffer.from(stored) });
    return { ...plan, prior };
  };
  for (const stored of ['', 'null', '{"noted":7}', '{"noted":[null,[1,2],["1"]]}', '{"applied":{}}'])
    expect(titles((await apply(broken(stored))).said)).toEqual([]);
  expect(revocations(domo)).toBe(0);
  expect(shown(await next(configuration, state))).toEqual(['- rogue']);
});

it('of 700 clients, those that the plan named go, whatever another run makes and revokes meanwhile', async () => {
  for (let index = 0; index < 700; index++) domo.add({ name: `team-${index}` });
  const all = { [set]: only(['portal', ...Array.from({ length: 700 }, (_, index) => `team-${index}`)], 50) };
  const { state, plan, apply } = await settled(domo, all);
  const rogues = Array.from({ length: 40 }, (_, index) => domo.add({ name: `rogue-${index}` }));
  const shownPlan = await plan(all, state);
  const named = new Set(shown(shownPlan).map((line) => line.slice(2)));
  expect(named.size).toBe(40);
  const before = new Map(domo.clients);
  let isApplying = true;
  const applying = apply(shownPlan).finally(() => {
    isApplying = false;
  });
  // Another run: revokes a rogue, makes it again under its name, and makes others.
  const byOthers = new Set<number>();
  for (let turn = 0; isApplying; turn++) {
    const victim = rogues[(turn * 7) % rogues.length];
    if (victim && domo.clients.has(victim.id)) {
      domo.revoke(victim.id);
      byOthers.add(victim.id);
      domo.add({ name: victim.name });
    }
    domo.add({ name: `made-${turn}` });
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await applying;
  const gone = [...before.values()].filter(({ id }) => !domo.clients.has(id) && !byOthers.has(id));
  expect(gone.filter(({ name }) => !named.has(name))).toEqual([]);
  expect(gone.length + byOthers.size).toBe(40);
  const made = domo.requests
    .filter(({ method }) => method === 'DELETE')
    .map(({ path }) => Number(path.split('/').at(-1)));
  expect(made.filter((id) => !before.has(id))).toEqual([]);
});
