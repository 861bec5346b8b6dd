import { checkApiClient } from '../../../provider/domo/api-client/action-check';
import { accessToken } from '../../../provider/domo/api-client/ephemeral-access-token';

const credentials = { instance: null, client_id: '0f1e2d3c-0123456789ab', client_secret: 'fake-secret' };
const { signal } = new AbortController();

/** A provider whose only instance has a token endpoint that grants these scopes, whatever it is asked for. */
function granting(scopes: readonly string[] | null) {
  const token = { accessToken: 'fake-access', expiresAt: 0, scopes };
  const only = {
    additionalScopes: [],
    isNew: () => false,
    tokens: () => ({ request: async () => ({ kind: 'granted', token }) }),
  };
  return { at: () => only };
}

describe('the action', () => {
  async function check(granted: readonly string[] | null, scopes: readonly string[]) {
    const said: string[] = [];
    const context = { client: granting(granted), signal, progress: (text: string) => void said.push(text) };
    await checkApiClient.definition.invoke(context as never, { ...credentials, scopes });
    return said.at(-1);
  }

  it('fails if the token lacks a scope that was asked for', async () => {
    await expect(check(['data'], ['data', 'user'])).rejects.toMatchObject({
      diagnostics: [
        {
          summary: 'Domo did not grant a scope',
          detail: expect.stringContaining('its token lacks the scopes user.'),
        },
      ],
    });
    await expect(check([], ['data'])).rejects.toThrow('Domo did not grant a scope');
  });

  it.each([[['data', 'user', 'audit']], [['USER', 'Data']], [null]])(
    'succeeds if Domo grants %j',
    async (granted) => {
      expect(await check(granted, ['data', 'user'])).toBe('Domo grants the scopes data, user');
    },
  );
});

it('the action is patient with both questions, since another node of Domo may answer the second', async () => {
  const asked: number[] = [];
  const domo = granting(['data']).at();
  const request = async (_: unknown, __: unknown, ___: unknown, patience: number) => {
    asked.push(patience);
    return domo.tokens().request();
  };
  const context = { client: { at: () => ({ ...domo, tokens: () => ({ request }) }) }, signal, progress() {} };
  await checkApiClient.definition.invoke(context as never, { ...credentials, scopes: ['data'] });
  expect(asked).toEqual([30_000, expect.any(Number)]);
  expect(asked[1]).toBeGreaterThan(20_000);
});

describe('the access token', () => {
  async function open(granted: readonly string[] | null, scopes: readonly string[] | null) {
    const warnings: string[][] = [];
    const warn = (...warning: string[]) => void warnings.push(warning.slice(0, 2));
    const context = { client: granting(granted), signal, warn };
    const { result } = await accessToken.definition.open(context as never, { ...credentials, scopes });
    return { granted: result.granted_scopes, warnings };
  }

  it('says which scopes it lacks', async () => {
    expect(await open(['data'], ['data', 'user'])).toEqual({
      granted: ['data'],
      warnings: [
        ['Domo did not grant a scope', expect.stringContaining('"0f1e2d3c" lacks the scopes user.')],
      ],
    });
  });

  it.each<[readonly string[] | null, readonly string[] | null]>([
    [['data', 'user'], ['user']],
    [['data'], null],
    [null, ['data']],
  ])('says nothing if %j are granted for %j', async (granted, scopes) => {
    expect(await open(granted, scopes)).toEqual({ granted, warnings: [] });
  });
});
