import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, type Workspace, type WorkspaceOptions, workspace } from './terraform';

const lockFile = '.terraform.lock.hcl';
const installations = new Map<string, Promise<Workspace>>();

/**
 * A workspace that needs no `init`: its mirrors' providers are installed once for each engine of a test file. For
 * configurations without modules.
 *
 * @param requirements a file with the `required_providers` of the configuration, and nothing that a command would ask for
 */
export async function readyWorkspace(
  requirements: string,
  options: WorkspaceOptions & { engine: Engine },
): Promise<Workspace> {
  const { engine, mirrors, env } = options;
  const key = JSON.stringify([engine.path, mirrors, requirements]);
  const installation = installations.get(key) ?? install(requirements, options);
  installations.set(key, installation);
  const { folder } = await installation;
  const work = workspace({ ...options, env: { TF_DATA_DIR: join(folder, '.terraform'), ...env } });
  copyFileSync(join(folder, lockFile), join(work.folder, lockFile));
  return work;
}

async function install(
  requirements: string,
  { engine, mirrors = [] }: WorkspaceOptions & { engine: Engine },
): Promise<Workspace> {
  const work = workspace({ engine, mirrors, files: { 'provider.tf': requirements } });
  await work.init();
  return work;
}
