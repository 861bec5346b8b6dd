import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mirror } from '../provider-build';
import { readyWorkspace } from '../ready-workspace';
import type { Engine, Workspace } from '../terraform';
import { type StoreContent, storeFile } from './store';

/** A workspace whose provider block is that of the test provider, and the file that its objects are kept in. */
export interface TestProviderWorkspace extends Workspace {
  /** Replaces the resources of the configuration. */
  configure(hcl: string): void;
  /** What the service keeps; empty before the first creation. */
  stored(): StoreContent;
  /** Changes it behind Terraform's back. */
  changeStore(change: (stored: StoreContent) => StoreContent): void;
  /** Changes what the service says about one object. */
  drift(id: string, change: Record<string, unknown>): void;
}

const requirements = 'terraform {\n required_providers {\n test = { source = "example/test" }\n }\n}\n';

/** Lays out the workspace, ready to plan. */
export async function testProviderWorkspace(
  engine: Engine,
  mirrors: Mirror | Mirror[],
  hcl: string,
): Promise<TestProviderWorkspace> {
  const work = await readyWorkspace(requirements, { engine, mirrors: [mirrors].flat() });
  const folder = join(work.folder, 'store');
  const file = join(folder, storeFile);
  mkdirSync(folder);
  work.write('provider.tf', `${requirements}provider "test" {\n folder = ${JSON.stringify(folder)}\n}\n`);
  const stored = () => JSON.parse(readFileSync(file, 'utf8')) as StoreContent;
  const changeStore: TestProviderWorkspace['changeStore'] = (change) =>
    writeFileSync(file, JSON.stringify(change(stored())));
  const made: TestProviderWorkspace = {
    ...work,
    configure: (text) => work.write('main.tf', text),
    stored,
    changeStore,
    drift: (id, change) =>
      changeStore(({ next, objects }) => {
        const object = objects[id];
        if (!object) throw new Error(`There is no object ${id}.`);
        const state = { ...(object.state as Record<string, unknown>), ...change };
        return { next, objects: { ...objects, [id]: { ...object, state } } };
      }),
  };
  made.configure(hcl);
  return made;
}
