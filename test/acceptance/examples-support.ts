import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RunningSandbox } from '../support/running-sandbox';
import type { Engine, Workspace } from '../support/terraform';
import { openSandbox, withProvider } from './setup';

/** Where the examples are. */
export const examples = resolve(__dirname, '../../examples');

/** Whether a file of an example only shows how to import: it is used by its own test. */
export const isImport = (file: string) => /^import.*\.tf$/.test(file);

/** An example's copy, and the sandbox that it works on. */
export type ExampleSetup = { sandbox: RunningSandbox; work: Workspace };

/** Copies an example, ready to plan, and points it at a sandbox of its own, as a user with both grants. */
export async function setUpExample(engine: Engine, example: string): Promise<ExampleSetup> {
  const sandbox = await openSandbox();
  const work = await withProvider({ engine, copyOf: join(examples, example), env: sandbox.settings });
  for (const file of readdirSync(work.folder).filter(isImport)) rmSync(join(work.folder, file));
  return { sandbox, work };
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
