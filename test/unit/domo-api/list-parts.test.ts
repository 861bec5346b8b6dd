import { readList } from '../../../provider/domo/api/records';
import type { AnswerHeaders } from '../../../provider/domo/api/transport/request';

const entries = [1, 2, 3].map((id) => ({ id, name: `client ${id}`, scopes: ['data'] }));

const partOf = (body: unknown, headers?: AnswerHeaders) =>
  readList(
    { method: 'GET', path: '/list' },
    { status: 200, body: JSON.stringify(body), ...(headers && { headers }) },
  );

it.each<[string, object]>([
  ['total is 4, but it holds 3', { total: 4 }],
  ['total is 700, but it holds 3', { total: '700' }],
  ['totalCount is 4, but it holds 3', { totalCount: 4 }],
  ['total_count is 4, but it holds 3', { total_count: 4 }],
  ['totalElements is 4, but it holds 3', { totalElements: 4 }],
  ['_metaData.totalCount is 4, but it holds 3', { _metaData: { count: 3, totalCount: 4 } }],
  ['paging.total is 4, but it holds 3', { paging: { total: 4 } }],
  ['hasMore is true', { hasMore: true }],
  ['has_more is true', { has_more: 'true' }],
  ['hasNextPage is true', { hasNextPage: true }],
  ['_metaData.hasMore is true', { _metaData: { hasMore: true } }],
  ['next names another page', { next: '/api/list?offset=3' }],
  ['next names another page', { next: { offset: 3 } }],
  ['nextPageToken names another page', { nextPageToken: 'fake' }],
  ['_links.next names another page', { _links: { self: null, next: { href: '/list?page=2' } } }],
  ['totalItemCount is 4, but it holds 3', { totalItemCount: 4 }],
  ['meta.pagination.total is 4, but it holds 3', { meta: { pagination: { total: 4 } } }],
  ['totalPages is 2', { page: 1, totalPages: 2 }],
  ['page.total_pages is 2', { page: { number: 0, total_pages: '2' } }],
  ['last is false', { last: false }],
  ['isLastPage is false', { isLastPage: false }],
  ['isTruncated is true', { isTruncated: true }],
  ['links.1.rel is next', { links: [{ rel: 'self' }, { rel: 'next', href: '/list?page=2' }] }],
])('a list says that it is a part: %s (%j)', (says, envelope) => {
  const { part, clients } = partOf({ entries, ...envelope });
  expect(part).toBe(says);
  expect(clients).toHaveLength(3);
});

it.each<[string, AnswerHeaders]>([
  ['X-Total-Count is 4, but it holds 3', { 'x-total-count': '4' }],
  ['its Link header names a next page', { link: '</list?page=2>; rel="next"' }],
  ['its Link header names a next page', { link: '</list?page=1>; rel=first, </list?page=2>; rel=next' }],
  ['its Link header names a next page', { link: "</list?page=2>; title=x; REL='Next'" }],
  ['its Link header names a next page', { link: '</list?page=2>; rel="last next"' }],
  ['its Link header names a next page', { link: '</list?ids=1,2>; rel = "next"; title="x"' }],
  ['X-Total is 4, but it holds 3', { 'x-total': '4' }],
  ['X-Total-Pages is 2', { 'x-total-pages': '2' }],
  ['X-Next-Page names another page', { 'x-next-page': '2' }],
  ['X-Has-More is true', { 'x-has-more': 'true' }],
  ['Content-Range tells of 4, but it holds 3', { 'content-range': 'items 0-2/4' }],
])('a bare array is a part by its headers: %s (%j)', (says, headers) => {
  expect(partOf(entries, headers).part).toBe(says);
});

it.each<[string, unknown, headers?: AnswerHeaders]>([
  ['a bare array', entries],
  ['a total that fits', { entries, total: 3 }],
  ['a total that is too low', { entries, total: 0, totalCount: '2' }],
  ['a total that is no number', { entries, total: 'many', totalCount: null, _metaData: { totalCount: {} } }],
  ['meta data that is none', { entries, _metaData: null }],
  ['meta data that is a text', { entries, _metaData: 'total' }],
  ['no more', { entries, hasMore: false, has_more: 'false', _metaData: { hasMore: null } }],
  ['no next', { entries, next: null, _links: { next: '', self: '/list' } }],
  ['another field', { entries, totalling: 9, nextRelease: 'soon', count: 9, hasMoreover: true }],
  [
    'fields of the clients',
    { entries: entries.map((each) => ({ ...each, total: 9, next: 'x', hasMore: true })) },
  ],
  [
    'the only page',
    { entries, page: 1, totalPages: 1, last: true, truncated: false, links: [{ rel: 'self' }] },
  ],
  [
    'headers of the only page',
    entries,
    { 'x-next-page': '', 'x-total-pages': '1', 'content-range': 'items 0-2/3' },
  ],
  ['a range of unknown length', entries, { 'content-range': 'items 0-2/*' }],
  ['headers that fit', entries, { 'x-total-count': '3', link: '</list?page=1>; rel="prev"' }],
  ['an empty list', []],
  ['an empty list of none', { entries: [], total: 0 }, { 'x-total-count': '0' }],
])('a list is whole, as far as it says: %s', (_, body, headers = {}) => {
  expect(partOf(body, headers).part).toBeUndefined();
});

it('counts what Domo sent, also what appears twice', () => {
  expect(partOf({ entries: [...entries, entries[0]], total: 4 }).part).toBeUndefined();
});
