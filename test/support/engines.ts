import { execFileSync } from 'node:child_process';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Terraform or OpenTofu command-line program that tests run. */
export type Engine = {
  /** For test titles, such as `terraform 1.11.4`. */
  name: string;
  path: string;
  product: 'terraform' | 'tofu';
  version: { major: number; minor: number; patch: number };
};

let found: Engine[] | undefined;

/**
 * Every engine to test with: `terraform` on the PATH, `tofu` if it is there too, and each path named in
 * ENGINES (separated like PATH). Throws if `terraform` is missing or an engine does not run.
 */
export function engines(): Engine[] {
  found ??= findEngines(process.env);
  return found;
}

/** What {@link engines} does, for any environment and without remembering. */
export function findEngines(env: { PATH?: string; ENGINES?: string }): Engine[] {
  const terraform = onPath('terraform', env.PATH);
  if (!terraform) throw new Error('The tests need terraform on the PATH. Install it and run them again.');
  const tofu = onPath('tofu', env.PATH);
  const named = (env.ENGINES ?? '').split(delimiter).filter((path) => path !== '');
  const paths = [terraform, ...(tofu ? [tofu] : []), ...named];
  const unique = new Map(paths.map((path) => [real(path), path]));
  return [...unique.values()].map(identify);
}

/** Whether an engine is of this product and at least this version, such as `('terraform', 1, 12)`. */
export function isAtLeast(engine: Engine, product: Engine['product'], major: number, minor: number): boolean {
  const { version } = engine;
  return (
    engine.product === product &&
    (version.major > major || (version.major === major && version.minor >= minor))
  );
}

function onPath(program: string, path = ''): string | undefined {
  const candidates = path.split(delimiter).map((folder) => join(folder, program));
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return statSync(candidate).isFile();
    } catch {
      return false;
    }
  });
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new Error(`ENGINES names ${path}, which does not exist.`, { cause });
  }
}

function identify(path: string): Engine {
  // A bare environment: someone's own CLI configuration must neither slow this down nor fail it.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, CHECKPOINT_DISABLE: '1' };
  const text = execFileSync(path, ['version'], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const match = /^(Terraform|OpenTofu) v((\d+)\.(\d+)\.(\d+)\S*)/m.exec(text);
  if (!match) throw new Error(`${path} is neither terraform nor tofu: it answers "version" with ${text}`);
  const [, label, full, major, minor, patch] = match;
  const product = label === 'OpenTofu' ? 'tofu' : 'terraform';
  return {
    name: `${product} ${full}`,
    path,
    product,
    version: { major: Number(major), minor: Number(minor), patch: Number(patch) },
  };
}
