import { revokeApiClients } from '../../../provider/domo/api-client/action-revoke';
import type { Domo } from '../../../provider/domo/connection';
import { unknown } from '../../../provider/framework';
import { diagnosticsOf } from '../../../provider/framework/diagnostics';
import { validateConfig } from '../../../provider/framework/operations/validate';
import { type FakeClient, type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { connectedTo } from './connected';

const { attributes, plan, invoke } = revokeApiClients.definition;

let domo: FakeDomo;
let connected: Domo;
let interrupt: AbortController;
/** How many clients are left when Terraform is interrupted. */
let interruptAt: number;
beforeEach(async () => {
  interrupt = new AbortController();
  interruptAt = Number.NaN;
  domo = await fakeDomo();
  connected = connectedTo(domo);
  await new Promise(setImmediate);
});
afterEach(() => domo.close());

/** A client of the caller beside those of another user: with both, a list is known to be whole. */
const addOwn = (name: string) => domo.add({ name, userId: domo.me.id });
const named = (...clients: Pick<FakeClient, 'id' | 'name'>[]) =>
  Object.fromEntries(clients.map(({ id, name }) => [id, name]));

/** Runs a handler, and returns what it has said. */
async function run(handler: typeof plan | typeof invoke, clients: unknown, client: Partial<Domo> = {}) {
  const warnings: string[] = [];
  const progress: string[] = [];
  const context = {
    client: { at: () => ({ ...connected, ...client }) },
    signal: interrupt.signal,
    warn: (summary: string, detail: string) => void warnings.push(`${summary}: ${detail}`),
    progress(text: string) {
      progress.push(text);
      if (domo.clients.size === interruptAt) stop();
    },
  };
  const running = handler?.(context as never, { clients, instance: null } as never) ?? Promise.resolve();
  const [error] = (await running.then(() => undefined, diagnosticsOf)) ?? [];
  return { warnings, progress, error: error && `${error.summary}: ${error.detail}` };
}

const stop = () => interrupt.abort(new Error('Terraform was interrupted'));
const names = () => [...domo.clients.values()].map(({ name }) => name);

describe('the configuration', () => {
  const problems = (clients: unknown) =>
    validateConfig(attributes, { clients } as never, undefined, true).map(({ detail }) => detail);

  it.each([
    [{}, 'It is empty.'],
    [{ '*': 'rogue' }, '"*" is not an id: write digits only, without leading zeros.'],
    [{ '12': 'rogue', '012': 'rogue' }, '"012" is not an id: write digits only, without leading zeros.'],
    [{ ' 12': 'rogue' }, '" 12" is not an id: write digits only, without leading zeros.'],
    [{ '12': ' ' }, 'The name of the client with the id 12 is empty.'],
    [
      { '12': '', x: 'rogue' },
      'The name of the client with the id 12 is empty. "x" is not an id: write digits only, without leading zeros.',
    ],
  ])('%j is refused', (clients, complaint) => {
    expect(problems(clients)).toEqual([
      `The value of "clients" must have at least one client, with its numeric id as the key and its name as the value. ${complaint}`,
    ]);
  });

  it('takes ids with names, and what is not known yet', () => {
    expect(problems({ '0': 'a', '12345678901234567890': 'b', '7': unknown })).toEqual([]);
  });
});

describe('the plan', () => {
  it('has one warning that lists all clients, and changes nothing', async () => {
    const [one, two, kept] = [addOwn('rogue'), domo.add({ name: 'other' }), domo.add({ name: 'kept' })];
    const { warnings, error } = await run(plan, { ...named(two, one), '9': 'gone' });
    expect(error).toBeUndefined();
    expect(warnings).toEqual([
      expect.stringMatching(
        /^API clients will be revoked: This apply revokes, at once and for good, on "acme" \(http:\/\/127.*\):\n- API client "rogue" \(id 1001\), owned by user 11, with the scopes data\n- API client "other" \(id 1002\), owned by user 22, with the scopes data\n\nWhoever uses them/,
      ),
    ]);
    expect(warnings[0]).toMatch(
      /\n\nNot in the list of API clients: API client "gone" \(id 9\)\. They have been revoked already, or never existed there\.$/,
    );
    expect(warnings[0]).not.toContain(kept.name);
    expect(domo.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('says if it would revoke nothing', async () => {
    addOwn('own');
    expect(await run(plan, { '9': 'gone' })).toMatchObject({
      error: undefined,
      warnings: [
        expect.stringMatching(
          /^API clients to revoke are not listed: This apply has nothing to revoke\. Not in the list of API clients: API client "gone" \(id 9\)\. The list may not have/,
        ),
      ],
    });
  });

  it('refuses other names, all at once', async () => {
    const [one, two, three] = [addOwn('one'), addOwn('two'), addOwn('three')];
    const clients = { ...named(one), [two.id]: 'Two', [three.id]: 'one' };
    expect(await run(plan, clients)).toMatchObject({
      warnings: [],
      error: expect.stringMatching(
        /^The id belongs to another API client: .*\n- API client "two" \(id 1002\).*, not to "Two"\n- API client "three" \(id 1003\).*, not to "one"\n\nNo API client was revoked/,
      ),
    });
  });

  it("takes Domo's spelling of a name for the name", async () => {
    const client = addOwn('a &amp; b');
    const { warnings, error } = await run(plan, { [client.id]: 'a & b' });
    expect([error, warnings.length]).toEqual([undefined, 1]);
  });

  it.each([[unknown], [{ '7': unknown }]])('refuses what is not known yet: %j', async (clients) => {
    expect(await run(plan, clients)).toMatchObject({
      warnings: [],
      error: expect.stringMatching(/^The API clients to revoke are not known yet: /),
    });
    expect(domo.requests).toEqual([]);
  });

  it('refuses if the provider is read-only, as the action itself does', async () => {
    const clients = named(addOwn('rogue'));
    for (const handler of [plan, invoke]) {
      const { error } = await run(handler, clients, { readOnly: true });
      expect(error).toMatch(/^The provider is read-only: .* because read_only .* is set/);
    }
    expect(domo.requests).toEqual([]);
  });

  it('fails if there is no list', async () => {
    domo.fail({ method: 'GET', path: paths.clients, status: 403, body: 'Forbidden' });
    const { error, warnings } = await run(plan, named(addOwn('rogue')));
    expect([error, warnings]).toEqual([expect.stringMatching(/^Domo rejected the request: Listing/), []]);
  });

  it('takes one list of clients only, since engines would not show a second warning', async () => {
    const [one, two] = [addOwn('one'), addOwn('two')];
    for (const _ of [1, 2]) expect(await run(plan, named(one))).toMatchObject({ error: undefined });
    expect(await run(plan, named(two))).toMatchObject({
      warnings: [],
      error: expect.stringMatching(
        /^Two actions revoke API clients: .* API client "two" \(id 1002\)\. Name all/,
      ),
    });
  });
});

describe('the action', () => {
  it('revokes those that are named, each looked up just before, with a line for each', async () => {
    const [one, two] = [domo.add({ name: 'one' }), addOwn('two')];
    domo.add({ name: 'kept' });
    expect(await run(invoke, named(two, one))).toEqual({
      warnings: [],
      progress: [
        '1 of 2: API client "one" (id 1001) is revoked',
        '2 of 2: API client "two" (id 1002) is revoked',
      ],
      error: undefined,
    });
    expect(names()).toEqual(['kept']);
    const calls = domo.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
    expect(calls).toEqual(['GET developer-tokens', 'DELETE 1001', 'GET developer-tokens', 'DELETE 1002']);
  });

  it('passes over what is not there, and says so', async () => {
    const [one] = [addOwn('one'), domo.add({ name: 'kept' })];
    const { warnings, progress, error } = await run(invoke, { '9': 'gone', ...named(one) });
    expect(error).toBeUndefined();
    expect(progress).toEqual([
      '1 of 2: API client "gone" (id 9) is not in Domo\'s list, so there is nothing to revoke',
      '2 of 2: API client "one" (id 1001) is revoked',
    ]);
    expect(warnings).toEqual([
      'API clients to revoke are not listed: Not in the list of API clients of "acme": API client "gone" (id 9). They have been revoked already, or never existed there.',
    ]);
  });

  it('does not take what the caller may just not be shown for gone', async () => {
    domo.me.sees = 'own';
    const [hidden] = [domo.add({ name: 'hidden' }), addOwn('own')];
    const { error } = await run(invoke, named(hidden));
    expect(error).toMatch(
      /^Not all API clients were revoked: Failed:\n- API client "hidden" \(id 1001\): It is not in the list that Domo shows to the caller \(user 11\)\./,
    );
    expect(domo.clients.size).toBe(2);
  });

  it('leaves an id alone that belongs to another name, and goes on', async () => {
    const [one, two] = [addOwn('one'), addOwn('two')];
    const { progress, error } = await run(invoke, { [one.id]: 'another', ...named(two) });
    expect(names()).toEqual(['one']);
    expect(error).toBe(
      'Not all API clients were revoked: Revoked 1 of 2:\n- API client "two" (id 1002)\n\nFailed:\n- API client "another" (id 1001): In Domo, this id belongs to "one". It was not revoked.\n\nInvoke the action again for those that are left. It passes over what is gone.',
    );
    expect(progress).toHaveLength(2);
  });

  it('goes on after a failure, and reports each in one error', async () => {
    const [one, two, three] = [addOwn('one'), addOwn('two'), addOwn('three')];
    const path = (client: FakeClient) => `${paths.clients}/${client.id}`;
    domo.fail({ method: 'DELETE', path: path(one), status: 403, body: 'Forbidden' });
    domo.fail({ method: 'DELETE', path: path(two), drop: 'after' });
    const { error } = await run(invoke, named(one, two, three));
    expect(names()).toEqual(['one']);
    expect(error).toMatch(
      /^Not all API clients were revoked: Revoked 2 of 3:\n- API client "two" \(id 1002\)\n- API client "three" \(id 1003\)\n\nFailed:\n- API client "one" \(id 1001\): DELETE .*403.* It was not revoked\.\n\nInvoke/,
    );
  });

  it('stops before the next one if Terraform is interrupted, and names what is left', async () => {
    const clients = ['one', 'two', 'three'].map(addOwn);
    interruptAt = 2;
    const { progress, error } = await run(invoke, named(...clients));
    expect(names()).toEqual(['two', 'three']);
    expect(progress).toEqual(['1 of 3: API client "one" (id 1001) is revoked']);
    expect(error).toContain(
      'Revoked 1 of 3:\n- API client "one" (id 1001)\n\nNot tried. Terraform was interrupted:\n- API client "two" (id 1002)\n- API client "three" (id 1003)\n\n',
    );
  });

  it('does not claim to know what became of a revocation that was interrupted', async () => {
    const clients = ['one', 'two'].map(addOwn);
    domo.fail({ method: 'DELETE', path: paths.client, delay: 400, drop: 'after' });
    setTimeout(stop, 200);
    const { error } = await run(invoke, named(...clients));
    expect(domo.count(`DELETE ${paths.client}`)).toBe(1);
    expect(error).toMatch(
      /: Failed:\n- API client "one" \(id 1001\): DELETE .* It may have been revoked all the same\.\n\nNot tried\. Terraform was interrupted:\n- API client "two" \(id 1002\)\n/,
    );
  });

  it('stops if there is no list to look them up in', async () => {
    const clients = ['one', 'two'].map(addOwn);
    domo.fail({ method: 'GET', path: paths.clients, status: 403, body: 'Forbidden', times: 9 });
    const { progress, error } = await run(invoke, named(...clients));
    expect([progress, domo.clients.size, domo.requests.length]).toEqual([[], 2, 1]);
    expect(error).toMatch(
      /^Not all API clients were revoked: Not tried\. Listing the API clients: GET .*403.*\n- API client "one" \(id 1001\)\n- API client "two" \(id 1002\)/,
    );
  });
});
