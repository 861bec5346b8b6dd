import { calls, del, only, post, reports } from './faults-support';
import { setUp, tearDown } from './setup';

afterAll(tearDown);

const address = 'domo_api_client.a';
const page = '<html><title>Sign in</title></html>';

describe('an answer to a DELETE', () => {
  it.concurrent.each([
    ['a page with 200', { status: 200, body: page }],
    ['202', { status: 202, body: '' }],
    ['200 with an error in it', { status: 200, body: { status: 500, message: 'not now' } }],
    ['204 with a body', { status: 200, body: { ok: true } }],
  ])('that only claims it was done (%s): the client stays in the state', async (_, claim) => {
    const made = await setUp(reports());
    await made.work.apply();
    const { secret } = only(made.domo);
    made.domo.fail({ ...del, ...claim });
    const { code, text } = await made.destroy();
    expect(code).toBe(1);
    expect(text).not.toContain('Destroy complete');
    expect((await made.work.state()).attributes(address)).toMatchObject({ client_secret: secret });
    expect((await made.destroy()).code).toBe(0);
    expect(made.domo.clients.size).toBe(0);
  });

  it.concurrent('that claims it, and it was done: the list says so', async () => {
    const made = await setUp(reports());
    made.domo.add({ name: 'another' });
    await made.work.apply();
    made.domo.fail({ ...del, status: 200, body: page, afterWork: true });
    expect((await made.destroy()).code).toBe(0);
    expect((await made.work.state()).resources).toEqual([]);
  });
});

describe('an answer to a POST that is not in the form of Domo', () => {
  it.concurrent.each([
    ['404 page', { status: 404, body: page }],
    ['408', { status: 408, body: '' }],
    ['451 with a message', { status: 451, body: { message: 'unavailable' } }],
    ['400 page', { status: 400, body: page }],
    ['400 of another status', { status: 400, body: { status: 500, message: 'no' } }],
  ])('%s after the work: the client is not left behind', async (_, answer) => {
    const made = await setUp(reports());
    made.domo.fail({ ...post, ...answer, afterWork: true });
    const { code, text } = await made.apply();
    expect(code).toBe(1);
    expect(text).toContain('Error: The secret of a new API client is lost');
    expect((await made.apply()).code).toBe(0);
    expect((await made.work.state()).attributes(address)).toMatchObject({
      client_secret: only(made.domo).secret,
    });
  });

  it.concurrent('before the work: it is an error that does not claim what is not known', async () => {
    const made = await setUp(reports());
    made.domo.fail({ ...post, status: 404, body: page, times: 9 });
    const { code, text } = await made.apply();
    expect(code).toBe(1);
    expect(text).toContain('Error: Domo rejected the request');
    expect(text).not.toContain('No client was created');
    expect((await made.work.state()).resources).toEqual([]);
  });

  it.concurrent('a refusal of Domo itself: No client was created', async () => {
    const made = await setUp(reports());
    made.domo.fail({ ...post, status: 403, body: { status: 403, message: 'Forbidden', toe: 'FAKE-TOE' } });
    const { code, text } = await made.apply();
    expect(code).toBe(1);
    expect(text).toContain('"Create API OAuth Clients"');
    expect(text).toContain('second factor');
    expect(text).toContain('No client was created');
  });
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
