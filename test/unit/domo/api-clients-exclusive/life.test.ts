import { loadTransport } from '../../../../provider/domo/api/transport/http';
import { unknown } from '../../../../provider/framework';
import { type FakeClient, type FakeDomo, fakeDomo, paths } from '../../../support/fake-domo';
import { engineFor } from './engine';
import { client, existing, namesIn, only, revocations, set, settled, shown, text, titles } from './support';

let domo: FakeDomo;
beforeAll(() => loadTransport());
beforeEach(async () => {
  domo = await fakeDomo();
  domo.add({ name: 'portal' });
});
afterEach(() => domo.close());

const names = (...all: string[]) => ({ [set]: only(all) });

describe('the first apply', () => {
  it('revokes nothing, and says what the next plan shows', async () => {
    const rogue = domo.add({ name: 'rogue' });
    const { said, state, plan } = await settled(domo, names('portal', 'later'));
    expect(titles(said)).toEqual(['The first apply revokes no API client']);
    expect(text(said)).toContain(`1 API client has another name`);
    expect(text(said)).toContain(`API client "rogue" (id ${rogue.id}), owned by user ${rogue.userId}`);
    expect(namesIn(state)).toEqual(['later', 'portal']);
    expect(revocations(domo)).toBe(0);
    const next = await plan(names('portal', 'later'), state);
    expect(shown(next)).toEqual(['- rogue']);
    expect(titles(next.said)).toEqual(['API clients that are not among the names will be revoked']);
    expect(text(next.said)).toContain(`API client "rogue" (id ${rogue.id}), owned by user ${rogue.userId}`);
  });

  it('says so once: an apply that can tell says nothing again', async () => {
    const { plan, apply } = engineFor(domo);
    const first = await plan(names('portal'), new Map());
    expect(titles((await apply(first)).said)).toEqual([]);
  });

  it('says if there is nothing else', async () => {
    const { said } = await settled(domo, names('portal'));
    expect(text(said)).toContain('there is no client with another name');
  });

  it('takes names that are not known yet, since nothing goes', async () => {
    const { plan } = await settled(domo, names('portal'));
    const first = await plan({ [set]: only(['portal', unknown]) }, new Map());
    expect(titles(first.said)).toEqual(['The first apply revokes no API client']);
    expect(text(first.said)).toContain('shows all clients with other names');
  });
});

describe('a client that nobody listed', () => {
  it('is a removal, and the apply revokes exactly that one', async () => {
    const { state, plan, apply } = await settled(domo, names('portal'));
    domo.add({ name: 'rogue' });
    const planned = await plan(names('portal'), state);
    expect(shown(planned)).toEqual(['- rogue']);
    const after = await apply(planned);
    expect(titles(after.said)).toEqual([]);
    expect(existing(domo)).toEqual(['portal']);
    expect(namesIn(after.state)).toEqual(['portal']);
    const last = await plan(names('portal'), after.state);
    expect([last.changes, titles(last.said)]).toEqual([[], []]);
    // Engines call any other byte drift, and nobody promises an order.
    expect(last.prior).toEqual(after.state);
    for (const name of ['one', 'two']) domo.add({ name });
    const { prior } = await plan(names('portal'), after.state);
    const [first] = domo.clients.values();
    domo.clients.delete(first?.id ?? 0);
    domo.clients.set(first?.id ?? 0, first as FakeClient);
    expect((await plan(names('portal'), prior)).prior.get(set)?.private).toEqual(prior.get(set)?.private);
  });

  it('is none any more once it was revoked by hand, even if a refresh has stored it', async () => {
    const { state, plan } = await settled(domo, names('portal'));
    const rogue = domo.add({ name: 'rogue' });
    const { prior } = await plan(names('portal'), state);
    expect(namesIn(prior)).toEqual(['portal', 'rogue']);
    domo.revoke(rogue.id);
    const next = await plan(names('portal'), prior);
    expect([namesIn(next.prior), next.changes]).toEqual([['portal'], []]);
  });

  it('stays if its name is added', async () => {
    const { state, plan, apply } = await settled(domo, names('portal'));
    domo.add({ name: 'rogue' });
    const planned = await plan(names('portal', 'rogue'), state);
    expect(shown(planned)).toEqual([]);
    const after = await apply(planned);
    expect(existing(domo)).toEqual(['portal', 'rogue']);
    expect((await plan(names('portal', 'rogue'), after.state)).changes).toEqual([]);
  });

  it('shows after an import by the name of the instance, however it is spelled', async () => {
    const { plan, apply, importInto } = await settled(domo, names('portal'));
    domo.add({ name: 'rogue' });
    for (const id of ['acme', ' https://acme.domo.com/ ']) {
      const imported = await importInto(new Map(), set, id);
      const planned = await plan(names('portal'), imported);
      expect(shown(planned)).toEqual(['- rogue']);
    }
    await apply(await plan(names('portal'), await importInto(new Map(), set, 'acme')));
    expect(existing(domo)).toEqual(['portal']);
    await expect(importInto(new Map(), set, 'other')).rejects.toThrow('belongs to another instance');
  });
});

describe('a configured name', () => {
  it('without a client is no difference', async () => {
    const { state, plan } = await settled(domo, names('portal', 'ghost'));
    expect((await plan(names('portal', 'ghost'), state)).changes).toEqual([]);
    const planned = await plan(names('portal'), state);
    expect([shown(planned), titles(planned.said)]).toEqual([['- ghost'], []]);
  });

  it('takes its client with it when it goes', async () => {
    const { state, plan, apply } = await settled(domo, names('portal', 'team'));
    domo.add({ name: 'team' });
    domo.add({ name: 'rogue' });
    const planned = await plan(names('portal'), state);
    expect(shown(planned)).toEqual(['- rogue', '- team']);
    await apply(planned);
    expect(existing(domo)).toEqual(['portal']);
  });

  it('goes without its client if a plan without a refresh has never seen that', async () => {
    const { state, plan, apply } = await settled(domo, names('portal', 'team'));
    domo.add({ name: 'team' });
    const planned = await plan(names('portal'), state, { refresh: false });
    expect([shown(planned), titles(planned.said)]).toEqual([['- team'], []]);
    const { state: after } = await apply(planned);
    expect(existing(domo)).toEqual(['portal', 'team']);
    expect(shown(await plan(names('portal'), after))).toEqual(['- team']);
  });

  it.each([
    ['names', only(['portal', unknown])],
    ['names', { ...only([]), config: { names: unknown } }],
    ['max_revocations', { ...only([]), config: { names: ['portal'], max_revocations: unknown } }],
  ])('must be known when planning an update: %s', async (attribute, block) => {
    const { state, plan } = await settled(domo, names('portal'));
    const { said } = await plan({ [set]: block }, state);
    expect(titles(said)).toEqual(['! The names that may exist are not known yet']);
    expect(said[0]?.detail).toMatch(new RegExp(`^${attribute} depends`));
  });
});

describe('max_revocations', () => {
  const addRogues = (count: number) =>
    Array.from({ length: count }, (_, index) => domo.add({ name: `rogue-${index}` }));

  it('is five by default: a plan that would revoke more fails with their number and names', async () => {
    const { state, plan } = await settled(domo, names('portal'));
    addRogues(5);
    expect(titles((await plan(names('portal'), state)).said)).toEqual([
      'API clients that are not among the names will be revoked',
    ]);
    domo.add({ name: 'one too many' });
    const { said, changes } = await plan(names('portal'), state);
    expect(titles(said)).toEqual(['! More API clients would be revoked than max_revocations allows']);
    expect(text(said)).toMatch(
      /would revoke 6 API clients, and max_revocations is 5:.*"rogue-0".*"one too many"/s,
    );
    expect(changes).toEqual([]);
  });

  it('limits a plan of Stacks, too, which may defer as only an apply does otherwise', async () => {
    const { state, plan } = await settled(domo, names('portal'), { isStack: true });
    addRogues(6);
    expect(titles((await plan(names('portal'), state)).said)).toEqual([
      '! More API clients would be revoked than max_revocations allows',
    ]);
  });

  it('can be raised', async () => {
    const { state, plan, apply } = await settled(domo, names('portal'));
    addRogues(7);
    const { said, state: after } = await apply(await plan({ [set]: only(['portal'], 7) }, state));
    expect(titles(said)).toEqual([]);
    expect(existing(domo)).toEqual(['portal']);
    expect(namesIn(after)).toEqual(['portal']);
  });

  it('protects from an empty set, which is allowed', async () => {
    const { state, plan } = await settled(domo, names('portal'));
    addRogues(5);
    expect(titles((await plan(names(), state)).said)).toEqual([
      '! More API clients would be revoked than max_revocations allows',
    ]);
    const { said } = await plan({ [set]: only(['portal'], 0) }, state);
    expect(text(said)).toContain('max_revocations is 0');
  });
});

describe('destroying it', () => {
  it('revokes nothing, and says so', async () => {
    const { state, plan, apply } = await settled(domo, names('portal'));
    domo.add({ name: 'rogue' });
    const planned = await plan({}, state);
    expect(titles(planned.said)).toEqual(['No API client is revoked with domo_api_clients_exclusive']);
    expect((await apply(planned)).state).toEqual(new Map());
    expect([existing(domo), revocations(domo)]).toEqual([['portal', 'rogue'], 0]);
  });
});

describe('what the caller sees', () => {
  it.each([
    ['own', ["Other owners' API clients may be hidden"]],
    ['all', []],
  ] as const)('%s clients: a warning unless it is demonstrably all', async (sees, expected) => {
    const { state, plan } = await settled(domo, names('portal', 'mine'));
    domo.add({ name: 'mine', userId: domo.me.id });
    domo.me.sees = sees;
    const { said, changes } = await plan(names('portal', 'mine'), state);
    expect(titles(said)).toEqual(expected);
    expect(changes).toEqual([]);
  });

  it('must not be another instance', async () => {
    const { state, plan } = await settled(domo, names('portal'));
    const { said, prior } = await plan(names('portal'), state, { other: { instance: 'other' } });
    expect(titles(said)).toEqual(['! The state belongs to another instance']);
    expect(prior).toEqual(state);
  });

  it('must not be one of instances either, if the provider has no default', async () => {
    const { state, plan } = await settled(domo, names('portal'));
    const entry = { username: null, password: null, api_url: null, access_token: domo.token };
    const instances = { emea: { ...entry, base_url: domo.url } };
    const { said } = await plan(names('portal'), state, {
      other: { instance: null, base_url: null, access_token: null, instances },
    });
    expect(titles(said)).toEqual(['! The state belongs to another instance']);
    expect(text(said)).toContain('is about "acme", and the provider is configured for "emea"');
  });

  it('must not be a part of the list', async () => {
    const { state, plan } = await settled(domo, names('portal'));
    domo.fail({ path: paths.clients, status: 200, headers: { 'x-total-count': '9' }, body: [] });
    const { said, prior } = await plan(names('portal'), state);
    expect(titles(said)).toEqual(["! Domo's list of API clients is incomplete"]);
    expect(prior).toEqual(state);
  });
});

it('a second set for the same instance is an error', async () => {
  const both = { ...names('portal'), 'domo_api_clients_exclusive.other': only(['other']) };
  const { state, plan } = await settled(domo, names('portal'));
  for (const from of [state, new Map()]) {
    const { said } = await plan(both, from);
    expect(titles(said)).toContain('! Two sets of names for one instance');
  }
  // One that moves to another address without a moved block is destroyed and created.
  const moved = await plan({ 'domo_api_clients_exclusive.other': only(['portal']) }, state);
  expect(titles(moved.said)).toEqual([
    'No API client is revoked with domo_api_clients_exclusive',
    'The first apply revokes no API client',
  ]);
});

it('a client of the configuration is made before, and not shown', async () => {
  const configuration = { 'domo_api_client.team': client('team'), [set]: only(['portal', 'team']) };
  const { state, plan } = await settled(domo, configuration);
  const next = await plan(configuration, state);
  expect([next.changes, next.prior]).toEqual([[], state]);
});
