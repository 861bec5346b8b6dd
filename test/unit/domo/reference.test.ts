import { referenceOf } from '../../../provider/domo/api-client/reference';
import { createCall } from '../../../provider/framework/operations/call';
import { connectedTo } from './connected';

const state = {
  id: '7',
  name: 'nightly',
  description: '',
  scopes: ['data'],
  client_id: 'fake-client-id',
  masked_client_id: 'fake-cli…',
  client_secret: null,
  secret_public_key: null,
  encrypted_client_secret: null,
  owner_id: '1',
  instance: 'acme',
  timeouts: null,
};

/** How old a client is that was created so many ms ago, by the clock of the machine that did it. */
function ageAfter(ms: number | undefined): number {
  const remembered = ms === undefined ? {} : { created_at: new Date(Date.now() - ms).toISOString() };
  const domo = connectedTo({ url: 'http://127.0.0.1:1', token: 'fake-token' });
  const { context } = createCall(domo, new AbortController().signal, Buffer.from(JSON.stringify(remembered)));
  return referenceOf(context, state).age;
}

describe('the age of a client', () => {
  it.each([0, 1_000, 100_000])('is what its creation says, %i ms ago', (ms) => {
    const age = ageAfter(ms);
    expect(age).toBeGreaterThanOrEqual(ms);
    expect(age).toBeLessThan(ms + 5_000);
  });

  it('cannot be told, so that it is not young, if it was created by a clock that is ahead', () => {
    for (const ms of [-2_000, -86_400_000]) expect(ageAfter(ms)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is not young if nothing is remembered', () => {
    expect(ageAfter(undefined)).toBe(Number.POSITIVE_INFINITY);
  });
});
