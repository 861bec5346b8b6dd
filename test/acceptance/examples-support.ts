import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { domoMirror } from '../support/provider-build';
import type { RunningSandbox } from '../support/running-sandbox';
import { type Engine, type Workspace, workspace } from '../support/terraform';
import { installedCopy, openSandbox } from './setup';

/** Where the examples are. */
export const examples = resolve(__dirname, '../../examples');

/** Whether a file of an example only shows how to import: it is used by its own test. */
export const isImport = (file: string) => /^import.*\.tf$/.test(file);

/** An example's copy, and the sandbox that it works on. */
export type ExampleSetup = { sandbox: RunningSandbox; work: Workspace };

/** Copies an example, and points it at a sandbox of its own, as a user with both grants. */
export async function setUpExample(engine: Engine, example: string): Promise<ExampleSetup> {
  const sandbox = await openSandbox();
  const copyOf = join(examples, example);
  const work = workspace({ engine, copyOf, mirrors: [domoMirror()], env: sandbox.settings });
  removeImports(work);
  return { sandbox, work };
}

/** The same for an example that needs no other provider, and no `init`. */
export async function setUpInstalledExample(engine: Engine, example: string): Promise<ExampleSetup> {
  const sandbox = await openSandbox();
  const work = await installedCopy(engine, join(examples, example), sandbox.settings);
  removeImports(work);
  return { sandbox, work };
}

function removeImports({ folder }: Workspace): void {
  for (const file of readdirSync(folder).filter(isImport)) rmSync(join(folder, file));
}

/** Makes a client behind Terraform's back, as a user by name; resolves to its id. */
export async function makeByHand(sandbox: RunningSandbox, owner: string, name: string, scopes: string[]) {
  const userId = sandbox.users.find((user) => user.name === owner)?.id;
  const { id } = (await sandbox.control('POST', 'clients', { userId, name, scopes })) as { id: number };
  return String(id);
}

/** How many runs the tests of an example have. */
export function runsOf(example: string): number {
  const folder = join(examples, example, 'tests');
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  return texts.join('\n').match(/^run "/gm)?.length ?? 0;
}

/** Nothing listens there: a provider that is not mocked fails at once. */
export const nowhere = {
  DOMO_BASE_URL: 'http://127.0.0.1:9',
  DOMO_ACCESS_TOKEN: 'fake-token',
  DOMO_MAX_RETRIES: '0',
};
