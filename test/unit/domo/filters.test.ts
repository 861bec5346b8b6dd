import type { ListedClient } from '../../../provider/domo/api/records';
import { type Filters, passing } from '../../../provider/domo/api-client/filters';

const client = (name: string, ownerId: string | null, ...scopes: string[]): ListedClient => ({
  id: '1',
  name,
  description: '',
  scopes,
  clientId: null,
  ownerId,
  created: null,
});
const clients = [
  client('sales-export', '11', 'data', 'USER'),
  client('Sales (old)', '12', 'data'),
  client('audit', null, 'audit'),
];
const nothing: Filters = { name_regex: null, owner_ids: null, scopes_any: null, scopes_all: null };
const found = async (filter: Partial<Filters>) => {
  const { signal } = new AbortController();
  return (await passing(clients, { ...nothing, ...filter }, signal)).map(({ name }) => name);
};

it.each<[string, Partial<Filters>, string[]]>([
  ['nothing', {}, ['sales-export', 'Sales (old)', 'audit']],
  ['empty sets', { owner_ids: [], scopes_any: [], scopes_all: [] }, ['sales-export', 'Sales (old)', 'audit']],
  ['an empty pattern', { name_regex: '' }, ['sales-export', 'Sales (old)', 'audit']],
  ['a part of the name', { name_regex: 'ales' }, ['sales-export', 'Sales (old)']],
  ['a pattern with anchors', { name_regex: '^sales' }, ['sales-export']],
  ['a pattern with escapes', { name_regex: '\\(old\\)$' }, ['Sales (old)']],
  ['an owner', { owner_ids: ['12'] }, ['Sales (old)']],
  ['several owners', { owner_ids: ['11', '12', '13'] }, ['sales-export', 'Sales (old)']],
  ['any of the scopes', { scopes_any: ['user', 'AUDIT'] }, ['sales-export', 'audit']],
  ['all of the scopes', { scopes_all: ['Data', 'user'] }, ['sales-export']],
  [
    'everything at once',
    { name_regex: 's', owner_ids: ['11', '12'], scopes_any: ['user'] },
    ['sales-export'],
  ],
  ['what nobody fits', { name_regex: '^audit$', owner_ids: ['11'] }, []],
])('the filter of %s', async (_, filter, names) => expect(await found(filter)).toEqual(names));
