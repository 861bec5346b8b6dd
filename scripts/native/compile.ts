import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The Bun of this machine's platform, as npm has installed it. */
const bun = 'node_modules/bun/bin/bun.exe';

/**
 * Compiles a bundle and a Bun runtime into one executable that needs nothing else.
 *
 * @param runtime Bun's name of another platform to build for, and its Bun executable; this machine's own if absent
 * @param bundle if absent, the one that `make build` has left
 */
export function compile(
  outfile: string,
  runtime?: { target: string; executable: string },
  bundle = 'dist/terraform-provider-domo',
): void {
  mkdirSync(dirname(outfile), { recursive: true });
  // A running executable must not be overwritten.
  rmSync(outfile, { force: true });
  // Bun goes by the file's extension.
  const source = `${outfile}.cjs`;
  copyFileSync(bundle, source);
  const options = [
    '--compile',
    '--bytecode',
    '--minify-syntax',
    '--minify-whitespace',
    `--target=${runtime ? `bun-${runtime.target}` : 'bun'}`,
    // Otherwise the executable holds the path of each package on this machine, and no two builds are the same.
    '--define=__dirname="/"',
    // A process that lives for 50 ms gains nothing from code that is optimized while it runs.
    '--compile-jit-policy=2',
    // Otherwise it would take settings from files in the folder where somebody runs terraform.
    '--no-compile-autoload-dotenv',
    '--no-compile-autoload-bunfig',
    ...(runtime ? [`--compile-executable-path=${resolve(runtime.executable)}`] : []),
    `--outfile=${resolve(outfile)}`,
  ];
  try {
    execFileSync(bun, ['build', ...options, source], { stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(source);
  }
}
