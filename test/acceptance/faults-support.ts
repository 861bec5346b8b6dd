import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeDomo, fakeDomo, paths, type Quirks } from '../support/fake-domo';
import { domoMirror } from '../support/provider-build';
import { cleanupAll, type Result, type Workspace, workspace } from '../support/terraform';

/** A fake Domo, and a workspace whose provider talks to it. */
export type Stage = {
  domo: FakeDomo;
  work: Workspace;
  /** The configuration from now on: `terraform` and `provider` blocks are added. */
  configure(resources: string): void;
  /** `terraform apply`, whatever comes of it. */
  apply(...args: string[]): Promise<Result>;
  /** `terraform plan -detailed-exitcode`, whatever comes of it. */
  plan(...args: string[]): Promise<Result>;
  /** `terraform destroy`, whatever comes of it. */
  destroy(...args: string[]): Promise<Result>;
};

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

const open = new Set<FakeDomo>();
let first: Promise<Workspace> | undefined;

async function installed(): Promise<Workspace> {
  const work = workspace({ mirrors: [domoMirror()], files: { 'main.tf': blocks('') } });
  await work.init();
  return work;
}

function blocks(provider: string): string {
  return `terraform {\n required_providers {\n domo = { source = "domo-governance/domo" }\n }\n}\nprovider "domo" {\n${provider}\n}\n`;
}

/**
 * A fake Domo and a workspace of its own, ready to apply `resources`. The provider's settings come from the
 * environment (an access token unless `env` says otherwise), those in `provider` from its block. The provider
 * is installed once for all workspaces of a test file.
 */
export async function stage(
  resources: string,
  {
    provider = '',
    env,
    quirks = {},
  }: { provider?: string; env?: (domo: FakeDomo) => Record<string, string>; quirks?: Partial<Quirks> } = {},
): Promise<Stage> {
  first ??= installed();
  const [{ folder }, domo] = await Promise.all([first, fakeDomo({ quirks })]);
  open.add(domo);
  const work = workspace({
    files: { 'provider.tf': blocks(provider) },
    env: {
      DOMO_BASE_URL: domo.url,
      TF_DATA_DIR: join(folder, '.terraform'),
      ...(env ? env(domo) : { DOMO_ACCESS_TOKEN: domo.token }),
    },
  });
  copyFileSync(join(folder, '.terraform.lock.hcl'), join(work.folder, '.terraform.lock.hcl'));
  const flags = ['-no-color', '-input=false'];
  const configure = (text: string) => work.write('main.tf', text);
  configure(resources);
  return {
    domo,
    work,
    configure,
    apply: (...args) => work.run('apply', '-auto-approve', ...flags, ...args),
    plan: (...args) => work.run('plan', '-detailed-exitcode', ...flags, ...args),
    destroy: (...args) => work.run('destroy', '-auto-approve', ...flags, ...args),
  };
}

/** A `domo_api_client` block; its name in Domo is `reports` unless another is given. */
export function client(
  label = 'a',
  {
    name = 'reports',
    scopes = ['data'],
    more = '',
  }: { name?: string; scopes?: string[]; more?: string } = {},
): string {
  return `resource "domo_api_client" "${label}" {\n name = "${name}"\n scopes = ${JSON.stringify(scopes)}\n ${more}\n}\n`;
}

type Instance = { index_key?: number; attributes: Record<string, unknown>; private?: string };
type StateFile = { serial: number; resources: { instances: Instance[] }[] };

/** Rewrites the instances of every resource in the state file. */
function rewrite(work: Workspace, change: (instances: Instance[]) => Instance[]): void {
  const state = JSON.parse(work.read('terraform.tfstate')) as StateFile;
  for (const resource of state.resources) resource.instances = change(resource.instances);
  work.write('terraform.tfstate', JSON.stringify({ ...state, serial: state.serial + 1 }));
}

/** What the provider keeps beside the state of a client that was created at this moment. */
const createdAt = (date: string) => Buffer.from(JSON.stringify({ created_at: date })).toString('base64');
const longAgo = '2025-01-01T00:00:00.000Z';

/** Makes every client in the state one that was created at `date`: by default an old one, which needs no patience. */
export function age(work: Workspace, date = longAgo): void {
  rewrite(work, (instances) => instances.map((one) => ({ ...one, private: createdAt(date) })));
}

/**
 * Makes `many` old clients of the one of a resource with `count` that has been applied, in the state and in
 * the fake Domo: an engine takes minutes for a thousand creations.
 */
export function multiply({ domo, work }: Stage, many: number): void {
  rewrite(work, ([one]) =>
    Array.from({ length: many }, (_, index) => {
      const made = index === 0 ? only(domo) : domo.add({ name: `reports ${index}`, userId: domo.me.id });
      const { id, name, clientId, secret } = made;
      const values = { id: String(id), name, client_id: clientId, client_secret: secret };
      const masked_client_id = `${clientId.slice(0, 8)}…`;
      const attributes = { ...one?.attributes, ...values, masked_client_id };
      return { ...one, index_key: index, attributes, private: createdAt(longAgo) };
    }),
  );
}

/** How often a text has a part. */
export function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Ends everything that {@link stage} began. Call it in `afterAll`. */
export async function strike(): Promise<void> {
  await cleanupAll();
  await Promise.all([...open].map((domo) => domo.close()));
}

/** The only client in a fake Domo; throws where there are more or less. */
export function only({ clients }: FakeDomo) {
  const [one, ...others] = clients.values();
  if (!one || others.length > 0) throw new Error(`The fake Domo has ${clients.size} clients, not one.`);
  return one;
}
