import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchPackage, type PinnedPackage } from '../npm-packages/fetch';
import { extensionOf, ownTarget, type Target } from './targets';

/**
 * The Bun executable of a platform, of the version that package.json wants, with the hash of package-lock.json.
 *
 * @param installed takes for this machine's platform what npm has installed, so that nothing is fetched
 */
export function bunRuntime(target: Target, { installed = false } = {}): string {
  if (installed && target === ownTarget()) return 'node_modules/bun/bin/bun.exe';
  return join(fetchPackage(pinnedBun(target)), 'bin', `bun${extensionOf(target)}`);
}

/** @throws where the lock file has not the version of package.json */
export function pinnedBun(target: Target): PinnedPackage {
  const { devDependencies } = read('package.json') as { devDependencies: Record<string, string> };
  const lock = read('package-lock.json') as { packages: Record<string, Partial<PinnedPackage>> };
  const name = `@oven/bun-${target.bun.package}`;
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined || version !== devDependencies.bun) {
    throw new Error(
      `package-lock.json has ${name} ${version ?? 'not at all'}, and package.json wants bun ${devDependencies.bun}. ` +
        'Run "npm install", and look that the lock file keeps the packages of every platform.',
    );
  }
  return { name, version, integrity };
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
