import type { SandboxOptions } from '../../examples/sandbox/sandbox';
import { startSandbox } from '../../examples/sandbox/server';

/** An answer as the tests read it: `json` is undefined if the text is not JSON. */
export type Answer = { status: number; text: string; json: unknown; headers: Headers };

type Call = { headers?: Record<string, string>; body?: unknown };

/** One HTTP request of its own to the sandbox. Rejects if the connection ends without an answer. */
export async function send(base: string, method: string, path: string, call: Call = {}): Promise<Answer> {
  const { headers = {}, body } = call;
  const response = await fetch(base + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, text, json, headers: response.headers };
}

export const developerTokens = '/api/identity/v1/developer-tokens';

/** A sandbox in this process, on a free port, with what the tests do again and again. */
export async function sandbox(options: SandboxOptions = {}) {
  const { url, store, close } = await startSandbox(options);

  function user(name: string) {
    const found = store.users.find((each) => each.name === name);
    if (!found) throw new Error(`no user ${name}`);
    return found;
  }

  const as = (name: string) => ({ 'X-DOMO-Developer-Token': user(name).token });
  const call = (method: string, path: string, rest?: Call) => send(url, method, path, rest);

  return {
    url,
    store,
    close,
    user,
    as,
    call,
    list: (name: string) => call('GET', developerTokens, { headers: as(name) }),
    create: (name: string, body: unknown) => call('POST', developerTokens, { headers: as(name), body }),
    revoke: (name: string, id: number | string) =>
      call('DELETE', `${developerTokens}/${id}`, { headers: as(name) }),
    /** A client of that owner, whatever the owner's grants. */
    async seed(owner: string, clientName: string, scopes = ['data']) {
      const { client, secret } = await store.addClient(user(owner), {
        name: clientName,
        description: undefined,
        scopes,
      });
      return { ...client, secret };
    },
    signIn: (name: string, password = user(name).password) =>
      call('POST', '/api/content/v2/authentication', {
        headers: { Origin: 'https://acme.domo.com' },
        body: { method: 'password', emailAddress: user(name).email, password },
      }),
    oauth: (clientId: string, secret: string, query = 'grant_type=client_credentials') =>
      call('GET', `/oauth/token?${query}`, { headers: { Authorization: basic(clientId, secret) } }),
  };
}

export type TestSandbox = Awaited<ReturnType<typeof sandbox>>;

/** A client id as the list shows it. */
export const masked = (clientId: string) =>
  `${clientId.split('-').slice(0, 2).join('-')}-XXXX-XXXX-XXXXXXXXXXXX`;

/** An error of Domo, for `toEqual`; its path is that of a list or creation unless another one is spread over it. */
export const errorOf = (status: number, statusReason: string, message: unknown) => ({
  status,
  statusReason,
  path: developerTokens,
  message,
  toe: expect.stringMatching(/^SANDBOX-[0-9A-F]{5}-[0-9A-F]{5}$/),
});

/** The value of an Authorization header. */
export const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

/** A property of an answer's JSON, as a string. */
export function field(answer: Answer, name: string): string {
  const { json } = answer;
  if (typeof json !== 'object' || json === null || !(name in json))
    throw new Error(`no ${name} in the answer`);
  return String(Object.entries(json).find(([key]) => key === name)?.[1]);
}

/** The names in a list of clients. */
export function names(answer: Answer): string[] {
  if (!Array.isArray(answer.json)) throw new Error(`no list: ${answer.status}`);
  return answer.json.map(({ name }) => String(name));
}

/** Asks until the answer satisfies; throws after ten seconds. */
export async function untilAnswer<T>(ask: () => Promise<T>, satisfies: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    if (Date.now() > deadline) throw new Error('the deadline has passed');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
