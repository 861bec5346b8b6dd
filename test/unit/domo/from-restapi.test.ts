import { fromRestapi } from '../../../provider/domo/api-client/from-restapi';
import { attributes } from '../../../provider/domo/api-client/schema';
import type { Failure } from '../../../provider/framework';
import type { Json } from '../../../provider/framework/context';
import { createCall } from '../../../provider/framework/operations/call';
import { planResource } from '../../../provider/framework/operations/plan';
import { mapRecord } from '../../../provider/framework/schema/codec';
import { formatPath } from '../../../provider/framework/schema/path';
import type { ObjectValue } from '../../../provider/framework/schema/schema';
import { failureOf } from '../../support/failure';

const clientId = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
const secret = `fake-secret-${'0'.repeat(20)}`;
/** What a state becomes, and what is remembered beside it. */
function move(foreign: unknown) {
  const { context, stored } = createCall(undefined as never, new AbortController().signal, new Uint8Array());
  const state = fromRestapi(context, foreign);
  return { state, remembered: JSON.parse(String(stored()) || '{}') };
}

const body = { name: 'nightly', description: 'Reads the sales.', scopes: ['data', 'user'] };
const listed = { id: 1234567, ...body, clientId: '1b9d6bcd****', userId: 42 };
const answer = { id: 1234567, ...body, clientId, clientSecret: secret, userId: 42 };
const ofGo = {
  id: '1.234567e+06',
  name: 'nightly',
  scopes: '[data user]',
  clientSecret: 'from-api-data',
};

/** What all majors have; `read_search` is a map up to 2.0, and an object since 3.0. */
const common = {
  id: '1234567',
  path: '/api/identity/v1/developer-tokens',
  api_data: ofGo,
  debug: null,
  object_id: null,
  force_new: null,
};
const v1 = {
  ...common,
  read_search: { search_key: 'id', search_value: '1234567' },
  data: JSON.stringify(body),
  api_response: JSON.stringify(listed),
  create_response: JSON.stringify(answer),
};
const v2 = { ...v1, data: JSON.stringify({ ...listed, userId: undefined }), ignore_changes_to: [] };
const v3 = {
  ...common,
  read_search: { search_key: 'id', search_value: '1234567', search_patch: null },
  ignore_server_additions: null,
  data: JSON.stringify(listed),
  api_response: JSON.stringify(listed),
  create_response: JSON.stringify(answer),
};

const moved = {
  id: '1234567',
  name: 'nightly',
  description: 'Reads the sales.',
  scopes: ['data', 'user'],
  client_id: clientId,
  masked_client_id: '1b9d6bcd…',
  client_secret: secret,
  secret_public_key: null,
  encrypted_client_secret: null,
  owner_id: '42',
  instance: null,
  timeouts: null,
};
const withoutCreation = { client_id: null, client_secret: null };

it.each([
  ['1', v1],
  ['2', v2],
  ['3', v3],
])('a state of major %s becomes one of ours, with its secret', (_, state) => {
  expect(move(state).state).toEqual(moved);
});

it.each<[string, object, object]>([
  ['an import (1 and 2)', { ...v1, data: '{"id":"1234567"}', create_response: null }, withoutCreation],
  ['an import (3)', { ...v3, create_response: null }, withoutCreation],
  ['the read that followed the creation', { ...v1, create_response: v1.api_response }, withoutCreation],
  [
    'no response that was kept',
    { ...v1, api_response: null, create_response: '' },
    { ...withoutCreation, masked_client_id: null, owner_id: null },
  ],
  ['a response that is cut', { ...v1, api_response: v1.api_response.slice(0, 40) }, {}],
  ['a creation that is cut', { ...v1, create_response: v1.create_response.slice(0, -9) }, withoutCreation],
  ['data that is no JSON', { ...v1, data: 'name = nightly' }, {}],
  ['attributes of other types', { ...v1, data: 7, debug: {}, more: [[null]] }, {}],
  [
    'a creation with the id of another client',
    { ...v1, create_response: JSON.stringify({ ...answer, id: 1234568 }) },
    withoutCreation,
  ],
  [
    'a creation with a masked client id',
    { ...v1, create_response: JSON.stringify({ ...listed, clientSecret: '****' }) },
    withoutCreation,
  ],
  [
    'a secret that is not in the creation',
    { ...v1, create_response: null, data: JSON.stringify(answer), api_response: JSON.stringify(answer) },
    { client_secret: null },
  ],
  [
    'no description',
    {
      ...v1,
      api_response: '{"id":1234567,"name":"nightly","scopes":["data"],"description":null}',
      data: '{"name":"nightly","scopes":["data"]}',
      create_response: null,
    },
    {
      ...withoutCreation,
      description: '',
      scopes: ['data'],
      masked_client_id: null,
      owner_id: null,
    },
  ],
  [
    'a response that has changed since the creation',
    { ...v1, api_response: JSON.stringify({ ...listed, name: 'now', scopes: ['audit'] }) },
    { name: 'now', scopes: ['audit'] },
  ],
  [
    'an empty description in the response, and an old one in the body',
    { ...v1, api_response: JSON.stringify({ ...listed, description: '' }) },
    { description: '' },
  ],
  [
    'no description in the response, and one in the creation',
    { ...v3, api_response: JSON.stringify({ ...listed, description: undefined }) },
    { description: '' },
  ],
  [
    'a response that has the id alone',
    { ...v1, api_response: '{"id":1234567}' },
    { owner_id: '42', masked_client_id: '1b9d6bcd…' },
  ],
  [
    'a response about another client',
    { ...v1, api_response: JSON.stringify({ ...listed, id: 7, name: 'other' }) },
    {},
  ],
  [
    'an id that JavaScript would round',
    {
      ...v1,
      id: '9007199254740993',
      create_response: v1.create_response.replace('1234567', '9007199254740993'),
      api_response: v1.api_response.replace('1234567', '9007199254740992'),
    },
    { id: '9007199254740993' },
  ],
])('of a state with %s, what is known is taken', (_, state, different) => {
  expect(move(state).state).toEqual({ ...moved, ...different });
});

describe('the plan of a moved client', () => {
  const asked = { name: 'nightly', description: 'Reads all.', scopes: ['DATA', 'user', 'audit'] };
  const shown = { description: listed.description, scopes: listed.scopes };

  /** What would be replaced, if the client were configured like this. */
  function replaced(state: object, configured: object, later: Readonly<Record<string, Json>> = {}) {
    const prior = move(state).state as unknown as ObjectValue;
    const { remembered } = move(state);
    const config = { ...mapRecord(attributes, () => null), name: 'nightly', ...shown, ...configured };
    const known = new Map(Object.entries({ ...remembered, ...later }));
    return planResource(attributes, { config, prior, proposed: { ...prior, ...config } }, known)
      .replace.map(formatPath)
      .sort();
  }

  it.each<[string, object, object, string[]]>([
    ['as Domo shows it', { ...v1, data: JSON.stringify(asked) }, {}, []],
    ['as the body requested it', { ...v1, data: JSON.stringify(asked) }, asked, []],
    ['as a body without description', { ...v1, data: '{"name":"nightly"}' }, { description: '' }, []],
    ['otherwise', v1, asked, ['description', 'scopes']],
    [
      'as a body of another client',
      { ...v1, data: JSON.stringify({ ...asked, id: 7 }) },
      asked,
      ['description', 'scopes'],
    ],
    [
      'as a body of another name',
      { ...v1, data: JSON.stringify({ ...asked, name: 'weekly' }) },
      asked,
      ['description', 'scopes'],
    ],
    [
      'after an import, as nobody requested',
      { ...v1, data: '{"id":"1234567"}' },
      { scopes: ['data'] },
      ['scopes'],
    ],
  ])('replaces nothing that agrees: configured %s', (_, state, configured, paths) => {
    expect(replaced(state, configured)).toEqual(paths);
  });

  it('no longer knows the request once this provider has created another client', () => {
    const state = { ...v1, data: JSON.stringify(asked) };
    expect(replaced(state, asked, { imported: false })).toEqual(['description', 'scopes']);
    expect(replaced(state, asked, { requested_scopes: 7, requested_description: [] })).toEqual([
      'description',
      'scopes',
    ]);
  });
});

const refusalOf = async (state: unknown) => {
  const { diagnostics } = (await failureOf((async () => move(state))())) as unknown as Failure;
  return diagnostics[0] ?? { summary: '', detail: '' };
};

describe('a state that cannot become ours', () => {
  const older = {
    ...common,
    id: clientId,
    data: JSON.stringify({ name: `nightly \${x}\b"`, scope: ['data'] }),
    api_response: null,
    create_response: JSON.stringify({ ...body, scope: ['data'], client_id: clientId, client_secret: secret }),
  };

  it.each<[string, unknown, string[]]>([
    [
      "an object of Domo's older endpoint",
      older,
      ['API client "nightly $', 'older endpoint', `id = "name:nightly $\${x}\\u0008\\""`],
    ],
    ['an id as Go prints it', { ...v1, id: '1.234567e+06' }, ['"name:nightly"']],
    ['an id that is a number', { ...v1, id: 1234567 }, ['"name:nightly"']],
    ['no id', { ...v1, id: null }, ['"name:nightly"']],
    ['nothing', null, ['"name:<name of the client>"']],
    [
      'no name',
      { ...v1, data: '{}', api_response: '{', create_response: null },
      ['which name', '"id:1234567"'],
    ],
    [
      'no scopes',
      { ...v1, data: '{"name":"nightly"}', api_response: '[]', create_response: null },
      ['which scopes', '"nightly"', '"id:1234567"'],
    ],
  ])('is refused: %s', async (_, state, sentences) => {
    const { detail, summary } = await refusalOf(state);
    expect(summary).toBe('The object cannot become an API client');
    for (const sentence of [...sentences, 'import {\n  # provider = domo #'])
      expect(detail).toContain(sentence);
    expect(detail).not.toContain(clientId);
    expect(detail).not.toContain(secret);
  });
});
