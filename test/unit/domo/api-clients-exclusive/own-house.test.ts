import { loadTransport } from '../../../../provider/domo/api/transport/http';
import { type FakeDomo, fakeDomo } from '../../../support/fake-domo';
import { client, existing, namesIn, only, revocations, set, settled, shown, text, titles } from './support';

let domo: FakeDomo;
beforeAll(() => loadTransport());
beforeEach(async () => {
  domo = await fakeDomo();
  domo.add({ name: 'portal' });
});
afterEach(() => domo.close());

const team = 'domo_api_client.team';
const ownError = '! A managed API client is missing from the names that may exist';

describe('a client that a resource of the same plan keeps', () => {
  const both = { [team]: client('team'), [set]: only(['portal', 'team']) };
  const orders = [
    ['the set', { [team]: client('team'), [set]: only(['portal']) }],
    ['the client', { [set]: only(['portal']), [team]: client('team') }],
  ] as const;

  it.each(orders)('is not revoked: an error that names both, if %s is planned second', async (_, without) => {
    const { state, plan } = await settled(domo, both);
    const { said } = await plan(without, state);
    expect(titles(said)).toContain(ownError);
    const error = said.find(({ severity }) => severity === 'error');
    expect(error?.detail).toMatch(
      /domo_api_clients_exclusive would revoke .* a domo_api_client .* keeps as "team"/,
    );
  });

  it.each(orders)('nor if it is new since the first apply and %s is planned second', async (_, without) => {
    const { state, plan } = await settled(domo, without);
    expect(titles((await plan(without, state)).said)).toContain(ownError);
  });

  it('is no stranger under the spelling that Domo gives it', async () => {
    domo.quirks.spelling = (name) => name.replaceAll('&', '&amp;');
    const configuration = { [team]: client('a & b'), [set]: only(['portal', 'a & b']) };
    const { state, plan } = await settled(domo, configuration);
    expect(existing(domo)).toEqual(['a &amp; b', 'portal']);
    expect((await plan(configuration, state)).changes).toEqual([]);
    const respelled = { [team]: client('a & b'), [set]: only(['portal', 'a &amp; b']) };
    const planned = await plan(respelled, state);
    expect([shown(planned), titles(planned.said)]).toEqual([['+ a &amp; b', '- a & b'], []]);
  });

  it('is known by its id, even if its name cannot be recognised', async () => {
    domo.quirks.spelling = (name) => name.toUpperCase();
    const configuration = { [team]: client('team'), [set]: only(['portal', 'team']) };
    const { state, plan } = await settled(domo, configuration);
    const { said } = await plan(configuration, state);
    expect(titles(said)).toContain(ownError);
    expect(text(said)).toContain('keeps as "team", and Domo shows as "TEAM"');
    expect(text(said)).toContain('Add "TEAM" to names');
  });
});

describe('a client that the same plan destroys', () => {
  const before = { [team]: client('team'), [set]: only(['portal', 'team']) };
  const after = { [set]: only(['portal']) };

  it.each(['the resource', 'the set'])('is revoked once, if %s comes first', async (first) => {
    const { state, plan, apply } = await settled(domo, before);
    const planned = await plan(after, state);
    expect(planned.changes.map(({ address }) => address)).toEqual([team, set]);
    const changes = first === 'the set' ? [...planned.changes].reverse() : planned.changes;
    const { said, state: now } = await apply({ ...planned, changes });
    expect(titles(said)).toEqual([]);
    expect([existing(domo), revocations(domo), [...now.keys()]]).toEqual([['portal'], 1, [set]]);
  });

  it('is gone for its resource, even if the caller then sees nobody else', async () => {
    domo.clients.clear();
    domo.add({ name: 'mine', userId: domo.me.id });
    const { state, plan, apply } = await settled(domo, {
      [team]: client('team'),
      [set]: only(['mine', 'team']),
    });
    for (const each of domo.clients.values()) if (each.name === 'team') each.userId = 99;
    const planned = await plan({ [set]: only(['mine']) }, state);
    const { said } = await apply({ ...planned, changes: [...planned.changes].reverse() });
    expect(titles(said).filter((title) => title.startsWith('!'))).toEqual([]);
    expect(existing(domo)).toEqual(['mine']);
  });

  const many = Array.from({ length: 7 }, (_, index) => `generation-${index}`);
  const generations = Object.fromEntries(many.map((name) => [`domo_api_client.${name}`, client(name)]));

  it.each([
    ['Terraform', true],
    ['OpenTofu', false],
  ])('does not count, neither in the plan nor when an apply of %s plans again', async (_, tellsApply) => {
    const all = { ...generations, [set]: only(['portal', ...many]) };
    const { state, plan, apply } = await settled(domo, all, { tellsApply });
    const planned = await plan(after, state);
    expect(titles(planned.said)).toEqual([
      'Revoking does not end access tokens already issued',
      'API clients that are not among the names will be revoked',
    ]);
    // The set alone: nothing tells it in the apply what else goes.
    const alone = planned.changes.filter(({ address }) => address === set);
    const { said, state: now } = await apply({
      ...planned,
      changes: [...alone, ...planned.changes.filter((each) => !alone.includes(each))],
    });
    const last = await plan(after, now);
    expect([last.changes, last.prior]).toEqual([[], now]);
    expect(titles(said).filter((title) => title.startsWith('!'))).toEqual([]);
    expect(existing(domo)).toEqual(['portal']);
  });

  it.each([
    ['Terraform', true],
    ['OpenTofu', false],
  ])(
    'is left if no plan of %s could count it: one without a refresh and without a client',
    async (_, tellsApply) => {
      for (const name of many) domo.add({ name });
      const { state, plan, apply } = await settled(
        domo,
        { [set]: only(['portal', ...many]) },
        { tellsApply },
      );
      const planned = await plan(after, state, { refresh: false });
      const { said, state: now } = await apply(planned);
      expect(titles(said)).toContain('API clients were left because of max_revocations');
      expect([existing(domo), revocations(domo)]).toEqual([[...many, 'portal'], 0]);
      expect(titles((await plan(after, now)).said)).toEqual([
        '! More API clients would be revoked than max_revocations allows',
      ]);
    },
  );

  it('is not revoked by the set with max_revocations = 0', async () => {
    const none = (names: string[]) => ({ [set]: only(names, 0) });
    const { state, plan, apply } = await settled(domo, {
      [team]: client('team'),
      ...none(['portal', 'team']),
    });
    const planned = await plan(none(['portal']), state);
    const setFirst = [...planned.changes].reverse();
    const { said } = await apply({ ...planned, changes: setFirst.filter(({ address }) => address === set) });
    expect(titles(said)).toEqual(['API clients were left because of max_revocations']);
    expect(revocations(domo)).toBe(0);
    await apply({ ...planned, changes: setFirst });
    expect(existing(domo)).toEqual(['portal']);
  });

  it('counts if it stays: names that left by mistake are limited without a refresh as well', async () => {
    const literal = { [set]: only(['portal', ...many]), [team]: client('team') };
    for (const name of many) domo.add({ name });
    const { state, plan } = await settled(domo, { ...literal, [set]: only(['portal', 'team', ...many]) });
    const mistake = { [team]: client('team'), [set]: only(['portal', 'team']) };
    const { prior } = await plan(mistake, state);
    const { said } = await plan(mistake, prior, { refresh: false });
    expect(titles(said)).toEqual(['! More API clients would be revoked than max_revocations allows']);
  });
});

describe('names that Domo may spell alike', () => {
  it('cover every client that may be meant: none is revoked, and a warning says so', async () => {
    const { state, plan } = await settled(domo, { [set]: only(['portal', 'a & b']) });
    const one = domo.add({ name: 'a & b' });
    const other = domo.add({ name: 'a &amp; b' });
    const { said, changes } = await plan({ [set]: only(['portal', 'a & b']) }, state);
    expect([titles(said), changes]).toEqual([['More than one API client has this name'], []]);
    expect(text(said)).toMatch(new RegExp(`id ${one.id}.*id ${other.id}`, 's'));
    const named = await plan({ [set]: only(['portal', 'a & b', 'a &amp; b']) }, state);
    expect(titles(named.said)).toEqual([]);
  });

  it('are two removals if two clients have them exactly', async () => {
    const { state, plan, apply } = await settled(domo, { [set]: only(['portal']) });
    for (const name of ['rogue', 'rogue ']) domo.add({ name });
    const planned = await plan({ [set]: only(['portal']) }, state);
    expect(shown(planned)).toEqual(['- rogue', '- rogue ']);
    await apply(planned);
    expect(existing(domo)).toEqual(['portal']);
  });

  it('refuse a removal that may mean several clients', async () => {
    const { state, plan } = await settled(domo, { [set]: only(['portal']) });
    domo.add({ name: 'twin' });
    domo.add({ name: 'twin' });
    const { said, changes } = await plan({ [set]: only(['portal']) }, state);
    expect([titles(said), changes]).toEqual([['! More than one API client has this name'], []]);
    expect(text(said)).toContain('Nothing was revoked');
  });

  it('tell letters apart: another case is another name', async () => {
    const { state, plan } = await settled(domo, { [set]: only(['portal']) });
    domo.add({ name: 'Portal' });
    expect(shown(await plan({ [set]: only(['portal']) }, state))).toEqual(['- Portal']);
  });

  it('are taken one by one where a configured name goes', async () => {
    const { state, plan, apply } = await settled(domo, { [set]: only(['portal', 'a & b']) });
    domo.add({ name: 'a &amp; b' });
    const planned = await plan({ [set]: only(['portal']) }, state);
    expect([shown(planned), namesIn(planned.prior)]).toEqual([['- a & b'], ['a & b', 'portal']]);
    await apply(planned);
    expect(existing(domo)).toEqual(['portal']);
  });
});
