import type { FakeDomo, Quirks } from '../support/fake-domo';
import { openDomo } from '../support/opened';
import { type Build, domoMirror } from '../support/provider-build';
import { readyWorkspace } from '../support/ready-workspace';
import {
  type Engine,
  firstEngine,
  type Result,
  type Workspace,
  type WorkspaceOptions,
} from '../support/terraform';

export { openDomo, openSandbox, tearDown } from '../support/opened';

/** A workspace whose provider talks to a fake Domo. */
export type Setup = {
  domo: FakeDomo;
  work: Workspace;
  /** Replaces the configuration. */
  configure(configuration: string): void;
  /** `terraform apply`, whatever comes of it. */
  apply(...args: string[]): Promise<Result>;
  /** `terraform plan -detailed-exitcode`, whatever comes of it. */
  plan(...args: string[]): Promise<Result>;
  /** `terraform destroy`, whatever comes of it. */
  destroy(...args: string[]): Promise<Result>;
};

/** How a setup differs from the plain one; everything is optional. */
export type SetupOptions = {
  /** Default: the first engine. */
  engine?: Engine;
  /** Default: one of its own, with these quirks. */
  domo?: FakeDomo;
  quirks?: Partial<Quirks>;
  /** The arguments of the provider block; without them there is no block. */
  provider?: string;
  /** The variables of the provider; default: {@link pointedAt}. */
  env?: (domo: FakeDomo) => Record<string, string>;
  /** Further files by their path. */
  files?: Record<string, string>;
  /** Default: see {@link domoMirror}. */
  build?: Build;
};

const flags = ['-no-color', '-input=false'];

/** The variables that point a provider at a fake Domo. */
export function pointedAt(domo: FakeDomo): Record<string, string> {
  return { DOMO_BASE_URL: domo.url, DOMO_ACCESS_TOKEN: domo.token };
}

/** Lays out a workspace that is ready to plan `configuration`, which need not say where the provider comes from. */
export async function setUp(configuration: string, options: SetupOptions = {}): Promise<Setup> {
  const { engine = firstEngine(), quirks = {}, provider, env = pointedAt, files = {}, build } = options;
  const domo = options.domo ?? (await openDomo(quirks));
  const main = { 'provider.tf': providerFile(provider), 'main.tf': configuration };
  const work = await installedWorkspace(engine, { ...main, ...files }, env(domo), build);
  return {
    domo,
    work,
    configure: (text) => work.write('main.tf', text),
    apply: (...args) => work.run('apply', '-auto-approve', ...flags, ...args),
    plan: (...args) => work.run('plan', '-detailed-exitcode', ...flags, ...args),
    destroy: (...args) => work.run('destroy', '-auto-approve', ...flags, ...args),
  };
}

/** A workspace that needs no `init`: the provider is installed once for each engine of a test file. */
export function installedWorkspace(
  engine: Engine,
  files: Record<string, string>,
  env: Record<string, string>,
  build?: Build,
): Promise<Workspace> {
  return withProvider({ engine, files, env }, build);
}

/** The same for a workspace of any kind whose configuration needs no other provider and no module. */
export function withProvider(
  options: WorkspaceOptions & { engine: Engine },
  build?: Build,
): Promise<Workspace> {
  return readyWorkspace(providerFile(), { ...options, mirrors: [domoMirror(build)] });
}

/** Where the provider comes from, and its block if it has arguments. */
export function providerFile(args?: string): string {
  const block = args === undefined ? '' : `provider "domo" {\n${args}\n}\n`;
  return `terraform {\n required_providers {\n domo = { source = "domo-governance/domo" }\n }\n}\n${block}`;
}

/** A `domo_api_client` block whose name in Domo is its label; arguments are HCL, one per entry. */
export function client(label: string, ...args: string[]): string {
  const given = (name: string) => args.some((each) => each.startsWith(`${name} `));
  const plain = [`name = "${label}"`, 'scopes = ["data"]'].filter((each) => !given(each.split(' ')[0] ?? ''));
  return `resource "domo_api_client" "${label}" {\n  ${[...plain, ...args].join('\n  ')}\n}\n`;
}

/** The arguments that point a provider block, or an entry of its `instances`, at a fake Domo. */
export const pointed = ({ url, token }: FakeDomo) => `base_url = "${url}"\naccess_token = "${token}"`;

/** The `instances` of a provider block. */
export const entries = (of: Record<string, FakeDomo>) =>
  `instances = {\n${Object.entries(of).map(([key, domo]) => `${JSON.stringify(key)} = {\n${pointed(domo)}\n}`)}\n}`;

/** The address of a {@link client} in the state. */
export const at = (label: string) => `domo_api_client.${label}`;
