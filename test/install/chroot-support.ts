import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findStaticBusybox, isStatic } from '../../scripts/find-program';
import { readElf } from '../../scripts/release/inspect/elf';
import { linkFile } from '../support/linked';
import { startProcess } from '../support/running';
import { tempFolder } from '../support/temp';
import { engines } from '../support/terraform';

/** What a root folder without glibc is made of: programs that need no loader, and the right to change into it. */
export interface Static {
  readonly busybox: string;
  readonly engine: string;
  /** The words before a command that has to be root's; none for root. */
  readonly asRoot: readonly string[];
}

/** What this machine has of it, or the reason why it cannot be tried here. */
export function staticPrograms(): Static | string {
  if (process.platform !== 'linux') return 'only Linux has it';
  const busybox = findStaticBusybox();
  if (!busybox) return 'it takes a busybox that is linked statically (busybox-static)';
  const engine = engines().find(({ path }) => isStatic(realpathSync(path)));
  if (!engine) return 'it takes a terraform that is linked statically, as the released ones are';
  if (process.getuid?.() === 0) return { busybox, engine: engine.path, asRoot: [] };
  const sudo = ['sudo', '-n'] as const;
  if (spawnSync(sudo[0], ['-n', 'true']).status !== 0) return 'it takes root, or sudo without a password';
  return { busybox, engine: engine.path, asRoot: sudo };
}

/** A root folder like that of a small image: busybox, an engine, and neither glibc nor Node.js. */
export interface Root {
  readonly folder: string;
  write(path: string, content: string | Uint8Array, mode?: number): void;
  /** Runs a program in it, in the folder `/work`; `text` is what it printed, on one line and without frames. */
  run(program: string, ...args: string[]): Promise<{ code: number | null; text: string }>;
  /** Puts this process's Node.js there as `/bin/node`, with glibc where only that finds it. */
  addNode(): void;
  /** Removes `/dev`, as if nothing were mounted there. */
  removeDevices(): void;
}

export function rootFolder({ busybox, engine, asRoot }: Static, env: Readonly<Record<string, string>>): Root {
  const folder = tempFolder('root');
  const inside = (path: string) => join(folder, path);
  for (const path of ['bin', 'dev', 'tmp', 'work', 'node']) mkdirSync(inside(path));
  linkFile(busybox, inside('bin/busybox'));
  for (const name of ['sh', 'sleep']) symlinkSync('busybox', inside(`bin/${name}`));
  linkFile(engine, inside('bin/engine'));
  // Programs read and write it; a device would take more rights.
  writeFileSync(inside('dev/null'), '');
  const variables = Object.entries({ PATH: '/bin', HOME: '/tmp', CHECKPOINT_DISABLE: '1', ...env });

  function write(path: string, content: string | Uint8Array, mode = 0o644): void {
    mkdirSync(dirname(inside(path)), { recursive: true });
    writeFileSync(inside(path), content, { mode });
  }

  return {
    folder,
    write,
    async run(program, ...args) {
      const assignments = variables.map(([name, value]) => `${name}=${value}`);
      const entered = [...asRoot, 'chroot', `--userspec=${process.getuid?.()}:${process.getgid?.()}`, folder];
      const command = [...entered, '/bin/busybox', 'env', '-i', ...assignments, '/bin/sh', '-c'];
      const [first = '', ...rest] = [...command, 'cd /work && exec "$0" "$@"', program, ...args];
      const { code, text } = await startProcess(first, rest, { cwd: folder, env: process.env }).done;
      return { code, text };
    },
    addNode() {
      const libraries = execFileSync('ldd', [process.execPath], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
      for (const library of libraries) linkFile(library, inside(join('node', library.replace(/.*\//, ''))));
      linkFile(process.execPath, inside('node/node'));
      const { interpreter = '' } = readElf(readFileSync(process.execPath));
      const loader = `/node/${interpreter.replace(/.*\//, '')}`;
      write('bin/node', `#!/bin/sh\nexec ${loader} --library-path /node /node/node "$@"\n`, 0o755);
    },
    removeDevices: () => rmSync(inside('dev'), { recursive: true }),
  };
}
