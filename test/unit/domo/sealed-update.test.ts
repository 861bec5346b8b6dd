import type { ClientPlan, StoredClient } from '../../../provider/domo/api-client/schema';
import { planSealing, requireKeyOfPlan } from '../../../provider/domo/api-client/sealed-plan';
import { updateClient } from '../../../provider/domo/api-client/update';
import type { DomoContext } from '../../../provider/domo/connection';
import { open } from '../../../provider/domo/sealing/open';
import { Failure, unknown } from '../../../provider/framework';
import { rsaKey } from '../../support/keys';

const [key, other] = [rsaKey(), rsaKey()];
const secret = `fake-secret-${'0123abcd'.repeat(4)}`;

const inClear: StoredClient = {
  id: '1001',
  name: 'reports',
  description: '',
  scopes: ['data'],
  secret_public_key: null,
  client_id: 'fake-id',
  masked_client_id: 'fake…',
  client_secret: secret,
  encrypted_client_secret: null,
  owner_id: '11',
  instance: 'acme',
  timeouts: null,
};
const sealed: StoredClient = {
  ...inClear,
  secret_public_key: key.publicKey,
  client_secret: null,
  encrypted_client_secret: 'c2VhbGVk',
};
const imported: StoredClient = { ...inClear, client_secret: null };

/** A context that keeps what it is told. */
function context() {
  const [hidden, warnings]: [string[], string[]] = [[], []];
  const client = { hide: (value: string) => void hidden.push(value) };
  const warn = (summary: string) => void warnings.push(summary);
  return { hidden, warnings, given: { client, warn } as unknown as DomoContext };
}

describe('an update', () => {
  const update = (prior: StoredClient, secret_public_key: string | null, given = context().given) =>
    updateClient(given, { ...prior, secret_public_key } as ClientPlan, prior);

  it('seals a secret that is in clear, and hides it', async () => {
    const { hidden, given } = context();
    const now = await update(inClear, key.publicKey, given);
    expect(now).toMatchObject({ id: '1001', client_secret: null, secret_public_key: key.publicKey });
    expect(await open(String(now.encrypted_client_secret), key.privateKey)).toEqual({ secret });
    expect(hidden).toEqual([secret]);
  });

  it('leaves what is sealed as it is, if the key is the same', async () => {
    const respelled = `\n${key.publicKey}\n`;
    expect(await update(sealed, respelled)).toEqual({ ...sealed, secret_public_key: respelled });
  });

  // Engines refuse such a plan themselves; nothing must depend on that.
  it.each([other.publicKey, null])('fails if the key has turned out to be another one: %#', async (now) => {
    await expect(update(sealed, now)).rejects.toThrow('The secret is sealed for another key');
  });

  it('takes up a key, or gives it up, if there is no secret', async () => {
    const taken = await update(imported, key.publicKey);
    expect(taken).toEqual({ ...imported, secret_public_key: key.publicKey });
    expect(await update(taken, null)).toEqual(imported);
  });

  it('keeps a secret that is too long for the key, and tells nothing of it', async () => {
    const long = { ...inClear, client_secret: secret.repeat(8) };
    const refusal = await update(long, key.publicKey).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Failure);
    expect(String(refusal)).toContain('Could not seal the secret');
    expect(JSON.stringify([String(refusal), refusal])).not.toContain('fake-secret');
  });

  it('refuses a key that cannot be used', async () => {
    await expect(update(inClear, rsaKey(1024).publicKey)).rejects.toThrow('It has 1024 bits');
  });
});

describe('a plan', () => {
  type Planned = Parameters<typeof planSealing>[1];
  async function plan(action: string, prior: StoredClient | null, now: unknown) {
    const { warnings, given } = context();
    const planned = { ...(prior ?? inClear), secret_public_key: now };
    const result = await planSealing(given, { action, prior, planned } as unknown as Planned);
    return { result, warnings };
  }
  const both = { client_secret: unknown, encrypted_client_secret: unknown };

  it.each<[string, string, StoredClient | null, unknown, unknown, string[]]>([
    ['a creation without a key', 'create', null, null, { encrypted_client_secret: null }, []],
    ['a creation with one', 'create', null, key.publicKey, { client_secret: null }, []],
    ['a creation with one that is not known', 'create', null, unknown, undefined, []],
    [
      'a key for a secret in clear',
      'update',
      inClear,
      key.publicKey,
      { client_secret: null, encrypted_client_secret: unknown },
      ['Earlier copies of a secret are not sealed'],
    ],
    ['one that is not known for it', 'update', inClear, unknown, both, []],
    ['other timeouts', 'update', inClear, null, undefined, []],
    ['other timeouts of what is sealed', 'update', sealed, key.publicKey, undefined, []],
    [
      'a key that is not known for what is sealed',
      'update',
      sealed,
      unknown,
      undefined,
      ['The key of a sealed secret is not known yet'],
    ],
    ['a key without a secret', 'update', imported, key.publicKey, undefined, ['There is no secret to seal']],
    [
      'no key without a secret',
      'update',
      { ...imported, secret_public_key: key.publicKey },
      null,
      undefined,
      [],
    ],
    [
      'another key',
      'replace',
      sealed,
      other.publicKey,
      { client_secret: null },
      ['A client is replaced because its secret is sealed'],
    ],
    [
      'no key any more',
      'replace',
      sealed,
      null,
      { encrypted_client_secret: null },
      ['A client is replaced because its secret is sealed'],
    ],
    ['another name', 'replace', sealed, key.publicKey, { client_secret: null }, []],
    ['no change', 'none', sealed, key.publicKey, undefined, []],
  ])('of %s', async (_, action, prior, now, result, warnings) => {
    expect(await plan(action, prior, now)).toEqual({ result, warnings });
  });

  it('of a key that cannot be used fails', async () => {
    await expect(plan('create', null, rsaKey(1024).publicKey)).rejects.toThrow('It has 1024 bits');
  });
});

describe('the plan that an engine makes once more during an apply', () => {
  function planAgain(mayApply: boolean, wasRead: boolean, prior: StoredClient, key: unknown) {
    const client = { mayApply, planned: { wasRead: () => wasRead } };
    requireKeyOfPlan({ client } as unknown as DomoContext, prior, key);
  }
  const refusal = 'The secret is sealed for another key';

  it.each([other.publicKey, null])('fails if the key is another one: %#', (now) => {
    expect(() => planAgain(true, false, sealed, now)).toThrow(refusal);
  });

  it('fails for nothing else', () => {
    planAgain(true, false, sealed, `${key.publicKey}\n`);
    planAgain(true, false, sealed, unknown);
    planAgain(true, false, inClear, other.publicKey);
    // A plan of Stacks, and one of an engine that does not tell.
    planAgain(true, true, sealed, other.publicKey);
    planAgain(false, false, sealed, other.publicKey);
  });
});
