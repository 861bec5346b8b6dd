import { type FakeDomo, paths } from '../support/fake-domo';
import type { Workspace } from '../support/terraform';
import { client, type Setup } from './setup';

/** The calls that tests count. */
export const calls = {
  list: `GET ${paths.clients}`,
  create: `POST ${paths.clients}`,
  revoke: `DELETE ${paths.client}`,
  me: `GET ${paths.me}`,
  signIn: `POST ${paths.signIn}`,
} as const;

export const post = { method: 'POST', path: paths.clients } as const;
export const get = { method: 'GET', path: paths.clients } as const;
export const del = { method: 'DELETE', path: paths.client } as const;

/** The client that most of these tests are about: `domo_api_client.a`, whose name in Domo is `reports`. */
export const reports = (...args: string[]) => client('a', 'name = "reports"', ...args);

type Instance = { index_key?: number; attributes: Record<string, unknown>; private?: string };
type Files = Pick<Workspace, 'read' | 'write'>;
type StateFile = { serial: number; resources: { type: string; instances: Instance[] }[] };

/** Rewrites the instances of every `domo_api_client` in the state file. */
function rewrite(work: Files, change: (instances: Instance[]) => Instance[]): void {
  const state = JSON.parse(work.read('terraform.tfstate')) as StateFile;
  for (const resource of state.resources)
    if (resource.type === 'domo_api_client') resource.instances = change(resource.instances);
  work.write('terraform.tfstate', JSON.stringify({ ...state, serial: state.serial + 1 }));
}

/** What the provider keeps beside the state, with another moment of creation. */
function createdAt(date: string, kept = ''): string {
  const values: object = kept === '' ? {} : JSON.parse(Buffer.from(kept, 'base64').toString());
  return Buffer.from(JSON.stringify({ ...values, created_at: date })).toString('base64');
}
const longAgo = '2025-01-01T00:00:00.000Z';

/** Makes every client in the state one that was created at `date`: by default an old one, which needs no patience. */
export function age(work: Files, date = longAgo): void {
  rewrite(work, (instances) => instances.map((one) => ({ ...one, private: createdAt(date, one.private) })));
}

/**
 * Makes `many` old clients of the one of a resource with `count` that has been applied, in the state and in
 * the fake Domo: an engine takes minutes for a thousand creations.
 */
export function multiply({ domo, work }: Setup, many: number): void {
  rewrite(work, ([one]) =>
    Array.from({ length: many }, (_, index) => {
      const made = index === 0 ? only(domo) : domo.add({ name: `reports ${index}`, userId: domo.me.id });
      const { id, name, clientId, secret } = made;
      const values = { id: String(id), name, client_id: clientId, client_secret: secret };
      const masked_client_id = `${clientId.slice(0, 8)}…`;
      const attributes = { ...one?.attributes, ...values, masked_client_id };
      return { ...one, index_key: index, attributes, private: createdAt(longAgo, one?.private) };
    }),
  );
}

/** The warning or error of a text that starts like this (`Error: The name`), or nothing. */
export function diagnosticIn(text: string, start: string): string {
  return text.split(/(?=Warning: |Error: )/).find((each) => each.startsWith(start)) ?? '';
}

/** How often a text has a part. */
export function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** The only client in a fake Domo; throws where there are more or less. */
export function only({ clients }: FakeDomo) {
  const [one, ...others] = clients.values();
  if (!one || others.length > 0) throw new Error(`The fake Domo has ${clients.size} clients, not one.`);
  return one;
}
