import { DomoError } from '../../../provider/domo/api/transport/errors';
import { runWithTimeout } from '../../../provider/domo/run-with-timeout';
import { Failure, failure } from '../../../provider/framework';
import { openedFor } from './connected';

const client = openedFor({ url: 'http://127.0.0.1:9', token: 'fake-token' }).at(null);
const operation = { kind: 'read', doing: 'Reading it', consequence: 'Nothing has changed.' } as const;

async function thrownBy(work: (signal: AbortSignal) => Promise<unknown>, limit?: string): Promise<unknown> {
  const { signal } = new AbortController();
  return runWithTimeout({ signal, client }, { ...operation, limit }, work).then(
    () => undefined,
    (thrown) => thrown,
  );
}

const request = { method: 'GET', path: '/list' } as const;

it('what Domo refuses is an error with what was done and how things stand', async () => {
  const thrown = await thrownBy(async () => {
    throw new DomoError('refused', request, 'Domo returned 400.', { status: 400 });
  });
  expect(thrown).toBeInstanceOf(Failure);
  expect((thrown as Failure).diagnostics).toEqual([
    {
      severity: 'error',
      summary: 'Domo rejected the request',
      detail: expect.stringMatching(/^Reading it:\n[\s\S]*400[\s\S]*Nothing has changed\.$/),
    },
  ]);
});

it('a timeout is an operation that was aborted', async () => {
  const work = (signal: AbortSignal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const { diagnostics } = (await thrownBy(work, '20ms')) as Failure;
  expect(diagnostics).toMatchObject([
    {
      summary: 'The operation was aborted',
      detail: expect.stringContaining('timeouts.read (20ms) has expired'),
    },
  ]);
});

it('a bug is thrown as it is, for the border to report it as one', async () => {
  const bug = new TypeError('x is not a function');
  expect(await thrownBy(() => Promise.reject(bug))).toBe(bug);
});

it('a failure stays what it is', async () => {
  const one = failure('Its own title', 'Its own words.');
  expect(await thrownBy(() => Promise.reject(one))).toBe(one);
});
