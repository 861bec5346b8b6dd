import { createListing } from '../../../provider/domo/api/listing';
import { type ClientReference, canComeOf, match, sameScopes } from '../../../provider/domo/api/matching';
import type { ListedClient } from '../../../provider/domo/api/records';

const clientId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const stranger = '00000000-1111-4222-8333-444444444444';

const listed = (fields: Partial<ListedClient> = {}): ListedClient => ({
  id: '7',
  name: 'reports',
  description: 'For reports',
  scopes: ['data'],
  clientId,
  ownerId: '11',
  created: null,
  ...fields,
});

const known: ClientReference = {
  id: '7',
  name: 'reports',
  description: 'For reports',
  scopes: ['DATA'],
  clientId,
  listedClientId: null,
  secretToSignIn: null,
  ownerId: '11',
  shownName: null,
  age: Number.POSITIVE_INFINITY,
  seenHere: true,
  isOpenCreation: false,
  attempt: null,
};

function matchIn(clients: ListedClient[], reference: ClientReference) {
  const listing = createListing({ startedAt: 0, answeredAt: 0, part: undefined, clock: undefined, clients });
  const found = match(listing, reference);
  return found && [found.kind, found.client.id, ...('agreement' in found ? [found.agreement] : [])];
}

describe('under an id', () => {
  it.each<[string, Partial<ListedClient>, Partial<ClientReference>, unknown]>([
    ['the client', {}, {}, ['same', '7', 'agrees']],
    ['the client in another letter case', { clientId: clientId.toUpperCase() }, {}, ['same', '7', 'agrees']],
    ['the client, renamed', { name: 'x', description: 'x', scopes: null }, {}, ['same', '7', 'agrees']],
    ['a stranger', { clientId: stranger }, {}, ['stranger', '7']],
    ['a stranger of another name', { clientId: stranger, name: 'x' }, {}, ['stranger', '7']],
    ['no client id', { clientId: null }, {}, ['same', '7', 'unclear']],
    ['no client id and another name', { clientId: null, name: 'x' }, {}, ['renamed', '7']],
    ['what was listed before', {}, { clientId: null, listedClientId: '7c9e6679…' }, ['same', '7', 'agrees']],
    [
      'another than was listed before',
      {},
      { clientId: null, listedClientId: '7c9e667a…' },
      ['stranger', '7'],
    ],
    ['what state knows, not what was listed', {}, { listedClientId: '7c9e667a…' }, ['same', '7', 'agrees']],
    ['nothing to compare with', {}, { clientId: null }, ['same', '7', 'unclear']],
    ['nothing to compare with, renamed', { name: 'x' }, { clientId: null }, ['renamed', '7']],
    ['the name as it was shown', { name: 'x', clientId: null }, { shownName: 'x' }, ['same', '7', 'unclear']],
    ['another id', { id: '8' }, {}, undefined],
  ])('there is %s', (_, client, reference, expected) => {
    expect(matchIn([listed(client)], { ...known, ...reference })).toEqual(expected);
  });
});

describe('without an id', () => {
  const reference = { ...known, id: null };
  it.each<[string, Partial<ListedClient>, Partial<ClientReference>, unknown]>([
    ['a client id that agrees', { description: 'x', scopes: ['user'] }, {}, ['same', '7', 'agrees']],
    ['a client id that contradicts', { clientId: stranger }, {}, undefined],
    ['everything else', { clientId: null }, {}, ['same', '7', 'unclear']],
    ['everything else, respelled', { clientId: null, name: ' reports' }, {}, ['same', '7', 'unclear']],
    ['another description', { clientId: null, description: 'x' }, {}, undefined],
    ['other scopes', { clientId: null, scopes: ['user'] }, {}, undefined],
    ['scopes that are not told', { clientId: null, scopes: null }, {}, undefined],
    ['another owner', { clientId: null, ownerId: '22' }, {}, undefined],
    ['an owner that is not told', { clientId: null, ownerId: null }, {}, ['same', '7', 'unclear']],
    ['an owner that is not known', { clientId: null }, { ownerId: null }, ['same', '7', 'unclear']],
  ])('a client of the name fits by %s', (_, client, fields, expected) => {
    expect(matchIn([listed(client)], { ...reference, ...fields })).toEqual(expected);
  });

  it('the one that fits is taken of several that Domo may spell so', () => {
    const clients = [
      listed({ clientId: null, ownerId: '22' }),
      listed({ id: '8', clientId: null, name: 'reports ' }),
    ];
    expect(matchIn(clients, reference)).toEqual(['same', '8', 'unclear']);
  });
});

describe('after a creation that stayed open', () => {
  const period = { from: 1_000_000, until: 1_060_000 };
  const open: ClientReference = {
    ...known,
    id: null,
    clientId: null,
    isOpenCreation: true,
    age: 3_600_000,
    attempt: { highestId: '6', period },
  };
  const day = 24 * 60 * 60 * 1000;
  const at = (from: number, until = from) => ({ created: { from, until } });

  it.each<[string, Partial<ListedClient>, Partial<ClientReference>]>([
    ['is newer', {}, {}],
    ['is newer by a digit', { id: '10' }, { attempt: { highestId: '9', period } }],
    [
      'is newer than JavaScript can count',
      { id: '9007199254740993' },
      { attempt: { highestId: '9007199254740992', period } },
    ],
    ['was made meanwhile', at(1_030_000), {}],
    ['was made at its beginning', at(999_500, 1_000_000), {}],
    ['was made at its end', at(1_060_000, 1_060_999), {}],
    ['is a day old at most', {}, { age: day }],
    ['is respelled', { name: 'reports ', description: 'For  reports\n' }, {}],
  ])('a client is taken up that fits and %s', (_, client, reference) => {
    const [id] = [listed(client).id];
    expect(matchIn([listed({ ...client })], { ...open, ...reference })).toEqual(['same', id, 'unclear']);
  });

  it.each<[string, Partial<ListedClient>, Partial<ClientReference>]>([
    ['has the highest id of before', { id: '6' }, {}],
    ['has a lower id', { id: '5' }, {}],
    ['has a lower id with a higher digit', { id: '9' }, { attempt: { highestId: '10', period } }],
    [
      'has a lower id than JavaScript can tell',
      { id: '9007199254740992' },
      { attempt: { highestId: '9007199254740993', period } },
    ],
    ['was made before', at(990_000, 999_999), {}],
    ['was made after', at(1_060_001), {}],
    [
      'was made at some time, and nobody knows when it should have been',
      at(1_030_000),
      { attempt: { highestId: '6', period: null } },
    ],
    ['is there after more than a day', {}, { age: day + 1 }],
    ['is there after nobody knows how long', {}, { age: Number.POSITIVE_INFINITY }],
    ['is there, but nothing is remembered', {}, { attempt: null }],
    ['has other scopes, which Domo may have granted', { scopes: ['data', 'user'] }, {}],
    ['has scopes that Domo does not tell', { scopes: null }, {}],
    ['has its name in another letter case', { name: 'REPORTS' }, {}],
    ['has its name without the tags', { name: 'reports' }, { name: '<i>reports</i>' }],
    ['has its name without the accents', { name: 'reports' }, { name: 'réports' }],
    ['has its name with other blanks', { name: 'daily_reports' }, { name: 'daily reports' }],
  ])('a client is only named that %s', (_, client, reference) => {
    expect(matchIn([listed(client)], { ...open, ...reference })).toEqual(['doubtful', listed(client).id]);
  });

  // Names are unique, so nothing can have come of the creation.
  it.each<[string, Partial<ListedClient>]>([
    ['is older and has other scopes', { id: '6', scopes: ['user'] }],
    ['has another description', { description: 'x' }],
    ['is older and has another letter case', { id: '6', name: 'REPORTS' }],
    ['is of another owner', { ownerId: '22' }],
    ['is of another owner, and mangled', { ownerId: '22', name: 're_ports' }],
    ['is older and mangled', { id: '6', name: 're_ports' }],
  ])('there is nothing if the client of the name %s', (_, client) => {
    expect(matchIn([listed(client)], open)).toBeUndefined();
  });

  it('there is nothing if nobody has the name', () => {
    expect(matchIn([listed({ name: 'x' })], open)).toBeUndefined();
  });

  it('a time that Domo does not tell cannot contradict', () => {
    expect(canComeOf(listed(), { highestId: '6', period: null })).toBe(true);
  });
});

describe('sameScopes', () => {
  it.each([
    [['data', 'user'], ['user', 'data'], true],
    [['data'], ['DATA'], true],
    [['data', 'Data'], ['data'], true],
    [['data'], ['data', 'user'], false],
    [['data'], [], false],
    [['data', 'user'], ['datauser'], false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameScopes(a, b)).toBe(same);
  });
});
