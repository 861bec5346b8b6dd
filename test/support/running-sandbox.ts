/** A sandbox that runs on a free port, for tests that are its users. */
export type RunningSandbox = {
  url: string;
  /** The variables that point a provider at it, as a user with both grants. */
  settings: Record<string, string>;
  /** The same as another user: admin, creator, manager or guest. */
  settingsOf(name: string): Record<string, string>;
  /** The four users. */
  users: readonly SandboxUser[];
  /** The ids of all clients, whoever owns them. */
  ids(): Promise<string[]>;
  /** Revokes a client behind Terraform's back. */
  revoke(id: unknown): Promise<void>;
  /** Calls an endpoint of the tests' own, by its path below `/_sandbox/`; the JSON of its answer. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** The status of asking for an OAuth token with a client's credentials. */
  signIn(clientId: unknown, clientSecret: unknown): Promise<number>;
  close(): Promise<void>;
};

/** A user of the sandbox, with everything to sign in with. */
export type SandboxUser = { id: number; name: string; email: string; password: string; token: string };

/** What tests do with the sandbox at `url`, whose four users are `users`; `close` ends it. */
export function runningSandbox(
  url: string,
  users: readonly SandboxUser[],
  close: () => Promise<void>,
): RunningSandbox {
  function settingsOf(wanted: string): Record<string, string> {
    const user = users.find(({ name }) => name === wanted);
    if (!user) throw new Error(`The sandbox has no user ${wanted}.`);
    return { DOMO_BASE_URL: url, DOMO_API_URL: url, DOMO_ACCESS_TOKEN: user.token };
  }

  async function control(method: string, path: string, body?: unknown): Promise<unknown> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: json };
    const response = await fetch(`${url}/_sandbox/${path}`, { method, ...sent });
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}.`);
    return response.status === 204 ? undefined : await response.json();
  }
  return {
    url,
    settings: settingsOf('admin'),
    settingsOf,
    users,
    async ids() {
      const clients = (await control('GET', 'clients')) as { id: number }[];
      return clients.map(({ id }) => String(id));
    },
    control,
    revoke: async (id) => void (await control('POST', `clients/${id}/revoke`)),
    async signIn(clientId, clientSecret) {
      const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
      const headers = { Authorization: `Basic ${basic}` };
      const response = await fetch(`${url}/oauth/token?grant_type=client_credentials`, { headers });
      return response.status;
    },
    close,
  };
}

const json = { 'content-type': 'application/json' };
