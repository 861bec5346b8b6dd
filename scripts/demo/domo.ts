import type { Sandbox, User } from './sandbox';

/** An API client's credentials. */
export type Credentials = { id: string; secret: string };

/** What a Domo answered: the status, and the body, parsed if it is JSON. */
export type Answer = { status: number; body: unknown };

/** Talks to a Domo as other programs do: the demo checks everything without the provider. */
export function domo({ url }: Sandbox, signal: AbortSignal) {
  async function call(method: string, path: string, headers: Record<string, string>): Promise<Answer> {
    const response = await fetch(url + path, { method, headers, signal });
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      return { status: response.status, body: text };
    }
  }
  const clients = '/api/identity/v1/developer-tokens';
  const as = ({ token }: User) => ({ 'X-DOMO-Developer-Token': token });
  return {
    /** Asks for an OAuth token with a client's credentials. */
    token({ id, secret }: Credentials): Promise<Answer> {
      const basic = Buffer.from(`${id}:${secret}`).toString('base64');
      return call('GET', '/oauth/token?grant_type=client_credentials', { Authorization: `Basic ${basic}` });
    },
    /** Reads the datasets with an OAuth token. */
    datasets: (token: string) => call('GET', '/v1/datasets', { Authorization: `Bearer ${token}` }),
    /** The API clients that a user sees. */
    list: (user: User) => call('GET', clients, as(user)),
    /** Revokes a client, as that user would on Domo's page. */
    revoke: (user: User, id: string) => call('DELETE', `${clients}/${id}`, as(user)),
  };
}

/** A field of an answer's JSON object; undefined if there is no such field. */
export function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? new Map(Object.entries(body)).get(name) : undefined;
}
