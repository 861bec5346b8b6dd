import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchPackage, type PinnedPackage } from '../npm-packages/fetch';
import { extensionOf, ownTarget, type Target } from './targets';

/**
 * The Bun executable of a platform, in the version of package.json and with the hash in package-lock.json.
 *
 * @param installed whether to take what npm has installed for this machine's platform, instead of fetching it
 */
export function bunRuntime(target: Target, { installed = false } = {}): string {
  if (installed && target === ownTarget()) return 'node_modules/bun/bin/bun.exe';
  return join(fetchPackage(pinnedBun(target)), 'bin', `bun${extensionOf(target)}`);
}

/** @throws if the lock file does not have the version of package.json */
export function pinnedBun(target: Target): PinnedPackage {
  const { devDependencies } = read('package.json') as { devDependencies: Record<string, string> };
  const lock = read('package-lock.json') as { packages: Record<string, Partial<PinnedPackage>> };
  const name = `@oven/bun-${target.bun.package}`;
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined || version !== devDependencies.bun) {
    throw new Error(
      `package-lock.json has ${name} ${version ?? 'not at all'}, and package.json wants bun ${devDependencies.bun}. ` +
        'Run "npm install", and make sure that the lock file keeps the packages of every platform.',
    );
  }
  return { name, version, integrity };
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
