import { checkPlan } from '../../../provider/domo/api-client/plan';
import { readClient } from '../../../provider/domo/api-client/read';
import { revokeClient } from '../../../provider/domo/api-client/revoke';
import type { StoredClient } from '../../../provider/domo/api-client/schema';
import type { Domo } from '../../../provider/domo/connection';
import { type Failure, unknown } from '../../../provider/framework';
import { failureOf } from '../../support/failure';
import { type FakeClient, type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { callOf, connectedTo } from './connected';

let domo: FakeDomo;
let connected: Domo;
beforeEach(async () => {
  domo = await fakeDomo({ quirks: { clientIds: 'stars' } });
  connected = atOwnAddress(domo);
  // What it loads when nothing else is to do must not come after the last test.
  await new Promise(setImmediate);
});
afterEach(() => domo.close());

/** As the provider's own address: there, absence would be believed soonest. */
const atOwnAddress = (fake: FakeDomo): Domo => ({ ...connectedTo(fake), isOwnAddress: () => true });

const call = () => callOf(connected);

/** What a move has made of a client: everything is known but the instance. */
const movedState = ({ id, name, description, scopes, clientId }: FakeClient): StoredClient => ({
  id: String(id),
  name,
  description,
  scopes,
  client_id: clientId,
  masked_client_id: `${clientId.slice(0, 8)}…`,
  client_secret: null,
  secret_public_key: null,
  encrypted_client_secret: null,
  owner_id: null,
  instance: null,
  timeouts: null,
});
const withoutIds = { client_id: null, masked_client_id: null };
const summaryOf = async (promise: Promise<unknown>) =>
  ((await failureOf(promise)) as unknown as Failure).diagnostics[0]?.summary;

describe('a client that a move has brought', () => {
  it.each([{}, withoutIds])('is known by its id and name (without %j)', async (without) => {
    const client = domo.add({ name: 'nightly' });
    const { context, stored } = call();
    const state = { ...movedState(client), ...without };
    expect(await readClient(context, state)).toEqual({
      ...movedState(client),
      client_id: state.client_id,
      owner_id: String(client.userId),
      instance: 'acme',
    });
    expect(JSON.parse(Buffer.from(stored()).toString())).toMatchObject({ address: domo.url });
  });

  it.each<[string, Partial<StoredClient>, string]>([
    ['another name', { name: 'weekly' }, 'The id belongs to another API client'],
    [
      'another name, and no client id',
      { ...withoutIds, name: 'weekly' },
      'The id belongs to another API client',
    ],
    [
      'another client id',
      { client_id: 'ffffffff-bbfd-4b2d-9b5d-ab8dfbbd4bed', masked_client_id: 'ffffffff…' },
      'The id belongs to another API client',
    ],
    ['another id', { id: '99' }, 'The API client is not known at this address'],
  ])('is not taken to be one with %s', async (_, different, summary) => {
    const client = domo.add({ name: 'nightly', userId: domo.me.id });
    domo.add({ name: 'of somebody else', userId: 77 });
    const reading = readClient(call().context, { ...movedState(client), ...different });
    const { diagnostics } = (await failureOf(reading)) as unknown as Failure;
    expect(diagnostics[0]?.summary).toBe(summary);
    // A failed plan has not moved anything in the state.
    expect(diagnostics[0]?.detail).toMatch(
      /remove the moved block.* old address, such as restapi_object\.<name>\): terraform state rm <its address/,
    );
    expect(diagnostics[0]?.detail).toContain(`id = "name:${different.name ?? 'nightly'}"`);
  });

  it('and one that is not shown to the caller can be given up under its old address, too', async () => {
    const client = domo.add({ name: 'nightly', userId: 77 });
    domo.revoke(client.id);
    const reading = readClient(call().context, { ...movedState(client), owner_id: '77' });
    const { diagnostics } = (await failureOf(reading)) as unknown as Failure;
    expect(diagnostics[0]).toMatchObject({
      summary: 'The API client cannot be seen',
      detail: expect.stringContaining('remove the moved block'),
    });
  });

  it('is like any other once its instance is known', async () => {
    const client = domo.add({ name: 'nightly', userId: domo.me.id });
    const state = { ...movedState(client), ...withoutIds, name: 'weekly', instance: 'acme' };
    const { diagnostics } = (await failureOf(readClient(call().context, state))) as unknown as Failure;
    expect(diagnostics[0]?.detail).toMatch(
      /the state is wrong: remove it from the state: terraform state rm <its address, as terraform state list shows it>\.$/,
    );
  });

  it('is not gone because no list has it', async () => {
    const client = domo.add({ name: 'nightly', userId: domo.me.id });
    domo.add({ userId: 77 });
    domo.revoke(client.id);
    expect(await summaryOf(readClient(call().context, movedState(client)))).toBe(
      'The API client is not known at this address',
    );
  });

  it('is said to have other scopes than are configured, if the request had those', async () => {
    const prior = movedState(domo.add({ name: 'nightly', scopes: ['data'], userId: domo.me.id }));
    const told = async (scopes: unknown) => {
      const { context, diagnostics } = call();
      const config = { ...prior, scopes } as never;
      await checkPlan(context, { action: 'none', prior, config, planned: prior as never });
      return diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`);
    };
    expect(await told(['data', 'user'])).toEqual([
      expect.stringMatching(
        /^Domo granted different scopes than requested: .* with the scopes data, user, but Domo shows the scopes data\./,
      ),
    ]);
    expect(await told(['DATA'])).toEqual([]);
    expect(await told(unknown)).toEqual([]);
    expect(await told(['data', unknown])).toEqual([]);
  });

  it('is neither revoked nor planned to be, as long as its instance is not known', async () => {
    const state = movedState(domo.add({ name: 'nightly', userId: domo.me.id }));
    const summary = 'The instance of the API client is not known yet';
    expect(await summaryOf(revokeClient(call().context, state))).toBe(summary);
    const change = { prior: state, config: null, planned: null } as const;
    expect(await summaryOf(checkPlan(call().context, { action: 'delete', ...change }))).toBe(summary);
    const replaced = { ...change, action: 'replace' } as never;
    expect(await summaryOf(checkPlan(call().context, replaced))).toBe(summary);
    expect(domo.requests).toEqual([]);
    expect(domo.count(`DELETE ${paths.client}`)).toBe(0);
  });
});
