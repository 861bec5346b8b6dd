import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { built } from '../mirror';
import { starterFiles } from '../starter/parts';

const folder = 'dist/npm';
const documents = ['LICENSE', 'NOTICE', 'CHANGELOG.md'];

/**
 * Makes the package for npm in dist/npm from what `make build` has left, and packs it.
 *
 * @param out the folder for the tarball
 * @returns the tarball's path
 */
export function buildNpmPackage(out: string): string {
  const { executable, version } = built();
  const missing = documents.find((name) => !existsSync(name));
  if (missing) throw new Error(`${missing} is missing; it belongs in the npm package.`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  mkdirSync(out, { recursive: true });
  for (const name of documents) copyFileSync(name, join(folder, name));
  copyFileSync('scripts/npm-package/README.md', join(folder, 'README.md'));
  copyFileSync(executable, join(folder, 'terraform-provider-domo'));
  for (const name of starterFiles) copyFileSync(join('dist', name), join(folder, name));
  copyFileSync('dist/sandbox.js', join(folder, 'sandbox.js'));
  cpSync('dist/assets', join(folder, 'assets'), { recursive: true });
  buildSync({
    entryPoints: ['scripts/npm-package/cli.ts'],
    outfile: join(folder, 'cli.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  });
  const description = JSON.stringify(packageJson(version), null, 2);
  writeFileSync(join(folder, 'package.json'), `${description}\n`);
  pack(out);
  return join(out, `terraform-provider-domo-${version}.tgz`);
}

/** What npm reads. The repository's own package.json stays private, since it is not a package. */
export function packageJson(version: string) {
  const { name, description, license, engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    [key in 'name' | 'description' | 'license']: string;
  } & { engines: Record<string, string> };
  return {
    name,
    version,
    description: `${description}: the build for Node.js, the command that installs it, and a sandbox`,
    keywords: ['terraform', 'terraform-provider', 'opentofu', 'domo', 'api-client', 'oauth'],
    homepage: 'https://github.com/domo-governance/terraform-provider-domo',
    repository: { type: 'git', url: 'git+https://github.com/domo-governance/terraform-provider-domo.git' },
    license,
    author: { name: 'The authors of terraform-provider-domo' },
    // Without this, Node would take the files for ES modules inside a project of such.
    type: 'commonjs',
    bin: { [name]: 'cli.js' },
    files: [
      'cli.js',
      'terraform-provider-domo',
      ...starterFiles,
      'sandbox.js',
      'assets',
      'NOTICE',
      'CHANGELOG.md',
    ],
    engines,
    publishConfig: { access: 'public' },
  };
}

function pack(out: string): void {
  execFileSync('npm', ['pack', `./${folder}`, `--pack-destination=${out}`, '--loglevel=error'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // On Windows npm is a batch file, which only a shell can start.
    shell: process.platform === 'win32',
  });
}
