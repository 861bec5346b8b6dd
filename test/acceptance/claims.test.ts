import type { FakeDomo, Fault } from '../support/fake-domo';
import { calls, del, only, post, reports } from './faults-support';
import { at, setUp, tearDown } from './setup';
import { saidOf, sideBySide, withToken } from './side-by-side';

afterAll(tearDown);

const page = '<html><title>Sign in</title></html>';

/** Fails the next request of each Domo in its own way. */
function failEach(domos: FakeDomo[], faults: readonly Fault[]): void {
  for (const [index, fault] of faults.entries()) domos[index]?.fail(fault);
}

it.concurrent('a client stays in the state where an answer to a DELETE only claims that it was done', async () => {
  const claims: Fault[] = [
    { status: 200, body: page },
    { status: 202, body: '' },
    { status: 200, body: { status: 500, message: 'not now' } },
    { status: 200, body: { ok: true } },
  ];
  const done: Fault = { status: 200, body: page, afterWork: true };
  const { domos, work, destroy } = await sideBySide([...claims, done].map(() => withToken));
  domos[4]?.add({ name: 'another' });
  await work.apply();
  const { attributes } = await work.state();
  failEach(
    domos,
    [...claims, done].map((claim) => ({ ...del, ...claim })),
  );
  const { code, text } = await destroy();
  expect(code).toBe(1);
  const left = await work.state();
  for (const index of claims.keys()) {
    const address = at(`a${index}`);
    expect(text).not.toContain(`${address}: Destruction complete`);
    expect(left.attributes(address)).toEqual(attributes(address));
  }
  // It was done, and the list says so.
  expect(left.resources).toHaveLength(claims.length);
  expect((await destroy()).code).toBe(0);
  expect(domos.map(({ clients }) => clients.size)).toEqual([0, 0, 0, 0, 1]);
});

it.concurrent('an answer to a POST that is not in the form of Domo proves nothing', async () => {
  const odd: Fault[] = [
    { status: 404, body: page },
    { status: 408, body: '' },
    { status: 451, body: { message: 'unavailable' } },
    { status: 400, body: page },
    { status: 400, body: { status: 500, message: 'no' } },
  ];
  const before: Fault = { status: 404, body: page, times: 9 };
  const refusal: Fault = { status: 403, body: { status: 403, message: 'Forbidden', toe: 'FAKE-TOE' } };
  const faults = [...odd.map((answer) => ({ ...answer, afterWork: true })), before, refusal];
  const { domos, work, apply } = await sideBySide(faults.map(() => withToken));
  failEach(
    domos,
    faults.map((fault) => ({ ...post, ...fault })),
  );
  const { code, text } = await apply();
  expect(code).toBe(1);
  for (const index of odd.keys())
    expect(saidOf(text, index)).toContain('Error: The secret of a new API client is lost');

  // Before the work: it is an error that does not claim what is not known.
  expect(saidOf(text, 5)).toContain('Error: Domo rejected the request');
  expect(saidOf(text, 5)).not.toContain('No client was created');
  // A refusal of Domo itself.
  for (const part of ['"Create API OAuth Clients"', 'second factor', 'No client was created'])
    expect(saidOf(text, 6)).toContain(part);
  const kept = (await work.state()).resources.map(({ address }) => address);
  expect(kept).not.toContain(at('a5'));
  expect(kept).not.toContain(at('a6'));

  domos[5]?.reset();
  expect((await apply()).code).toBe(0);
  // The client of which the secret is lost is not left behind.
  const { attributes } = await work.state();
  for (const [index, domo] of domos.entries())
    expect(attributes(at(`a${index}`))).toMatchObject({ client_secret: only(domo).secret });
});

describe('a lost creation, and another run that made a client of that name', () => {
  it.concurrent('before the request: it is not taken for ours, and not revoked', async () => {
    const made = await setUp(reports());
    made.domo.fail({ ...post, drop: 'before', times: 9 });
    const other = made.domo.add({ name: 'reports', userId: made.domo.me.id });
    expect((await made.apply()).code).toBe(1);
    expect((await made.apply()).code).toBe(1);
    expect(only(made.domo).id).toBe(other.id);
    expect(made.domo.count(calls.revoke)).toBe(0);
  });

  it.concurrent('with a client that is older than all ids that were listed: not ours', async () => {
    const made = await setUp(reports());
    made.domo.add({ id: 5000, name: 'the newest' });
    made.domo.fail({ ...post, drop: 'before', times: 9 });
    const applying = made.apply();
    while (made.domo.count(calls.create) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const other = made.domo.add({ id: 400, name: 'reports', userId: made.domo.me.id });
    const { code, text } = await applying;
    expect(code).toBe(1);
    expect(text).toContain('Error: Cannot tell whether this API client is yours');
    await made.apply();
    expect(made.domo.clients.has(other.id)).toBe(true);
    expect(made.domo.count(calls.revoke)).toBe(0);
  });
});
