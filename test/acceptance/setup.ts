import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeDomo, fakeDomo } from '../support/fake-domo';
import { domoMirror } from '../support/provider-build';
import { cleanupAll, type Engine, type Workspace, workspace } from '../support/terraform';

const open = new Set<FakeDomo>();
const installations = new Map<string, Promise<Workspace>>();

const requirement = `terraform {
  required_providers {
    domo = {
      source = "domo-governance/domo"
    }
  }
}
`;

/** How a workspace differs from the plain one; everything is optional. */
export type Options = {
  /** Further files by their path. */
  files?: Record<string, string>;
  /** The provider's settings; the address and token of `domo` unless they are given. */
  env?: Record<string, string>;
};

/** A fake Domo that {@link strike} closes. */
export async function openDomo(): Promise<FakeDomo> {
  const domo = await fakeDomo();
  open.add(domo);
  return domo;
}

/** The variables that point a provider at a fake Domo. */
export function pointedAt(domo: FakeDomo): Record<string, string> {
  return { DOMO_BASE_URL: domo.url, DOMO_ACCESS_TOKEN: domo.token };
}

/**
 * A workspace that is ready to plan `configuration` (the requirement of the provider is added). The provider
 * is installed once for each engine of a test file, and all its workspaces share that.
 */
export async function stage(
  engine: Engine,
  domo: FakeDomo,
  configuration: string,
  { files = {}, env = pointedAt(domo) }: Options = {},
): Promise<Workspace> {
  const installed = installations.get(engine.path) ?? install(engine);
  installations.set(engine.path, installed);
  const { folder } = await installed;
  const work = workspace({
    engine,
    files: { 'requirement.tf': requirement, 'main.tf': configuration, ...files },
    env: { TF_DATA_DIR: join(folder, '.terraform'), ...env },
  });
  copyFileSync(join(folder, '.terraform.lock.hcl'), join(work.folder, '.terraform.lock.hcl'));
  return work;
}

/** Ends everything that was begun here. Call it in `afterAll`. */
export async function strike(): Promise<void> {
  await cleanupAll();
  await Promise.all([...open].map((domo) => domo.close()));
}

/** A `domo_api_client` block whose name in Domo is its label; arguments are HCL, one per entry. */
export function client(label: string, ...args: string[]): string {
  const given = (name: string) => args.some((each) => each.startsWith(`${name} `));
  const plain = [`name = "${label}"`, 'scopes = ["data"]'].filter((each) => !given(each.split(' ')[0] ?? ''));
  return `resource "domo_api_client" "${label}" {\n  ${[...plain, ...args].join('\n  ')}\n}\n`;
}

/** The address of a {@link client} in the state. */
export const at = (label: string) => `domo_api_client.${label}`;

async function install(engine: Engine): Promise<Workspace> {
  const work = workspace({ engine, mirrors: [domoMirror()], files: { 'requirement.tf': requirement } });
  await work.init();
  return work;
}
