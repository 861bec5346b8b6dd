import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { bundlePlugin } from '../build/bundle';

/** The Bun of this machine's platform, as npm has installed it. */
const bun = 'node_modules/bun/bin/bun.exe';

/**
 * Compiles the provider and a Bun runtime into one executable that needs nothing else.
 *
 * @param runtime Bun's name of another platform to build for, and its Bun executable; this machine's own if absent
 */
export async function compile(
  outfile: string,
  runtime?: { target: string; executable: string },
  entry = 'provider/main.ts',
): Promise<void> {
  mkdirSync(dirname(outfile), { recursive: true });
  // What is being run must not be written over.
  rmSync(outfile, { force: true });
  const bundle = `${outfile}.cjs`;
  await bundlePlugin(entry, bundle);
  const options = [
    '--compile',
    '--bytecode',
    '--minify-syntax',
    '--minify-whitespace',
    `--target=${runtime ? `bun-${runtime.target}` : 'bun'}`,
    // Else the folder of each package on the machine that built it is in there, and no two builds are the same.
    '--define=__dirname="/"',
    // A process that lives for 50 ms gains nothing from code that is compiled for speed meanwhile.
    '--compile-jit-policy=3',
    // Else it would take settings from whatever lies in the folder where a person runs terraform.
    '--no-compile-autoload-dotenv',
    '--no-compile-autoload-bunfig',
    ...(runtime ? [`--compile-executable-path=${resolve(runtime.executable)}`] : []),
    `--outfile=${resolve(outfile)}`,
  ];
  try {
    execFileSync(bun, ['build', ...options, bundle], { stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(bundle);
  }
}
