import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { removeTempFolders, tempFolder } from '../../support/temp';

const starter = (name: string) => readFileSync(join(__dirname, '../../../scripts/starter', name), 'utf8');

afterAll(removeTempFolders);

/** Lays out what start.sh needs, with that text as the executable; returns the script. */
function layOut(executable: string, loader: string): string {
  const folder = join(tempFolder('start'), 'a folder');
  mkdirSync(folder);
  const write = (name: string, text: string, mode = 0o755) =>
    writeFileSync(join(folder, name), text, { mode });
  write('terraform-provider-domo-glibc', executable);
  write('terraform-provider-domo-node.cjs', 'console.log("node runs", process.argv[2])');
  write('terraform-provider-domo-bundle.cjs', '');
  write('start', starter('start.sh').replace('@LOADER@', loader));
  return join(folder, 'start');
}

function run(program: string, args: string[], PATH = process.env.PATH ?? '') {
  const child = spawn(program, args, { env: { PATH }, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  return new Promise<{ pid: number | undefined; said: string; ended: number | string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ pid: child.pid, said, ended: signal ?? code })),
  );
}

const tells = '#!/bin/sh\necho "$$ $1"\nkill -INT $$\n';

describe('start.sh', () => {
  it('becomes the executable: the same process, which signals and the end of Terraform reach', async () => {
    const { pid, said, ended } = await run(layOut(tells, '/bin/sh'), ['an argument']);
    expect({ said, ended }).toEqual({ said: `${pid} an argument\n`, ended: 'SIGINT' });
  });

  it('runs the bundle if the loader is missing, found from any folder and through no shell of its own', async () => {
    const { said, ended } = await run(layOut(tells, '/no/such/loader'), ['an argument']);
    expect({ said, ended }).toEqual({ said: 'node runs an argument\n', ended: 0 });
  });

  it('says in one line that there is no node, and stays for Terraform to read it', async () => {
    const path = tempFolder('path');
    for (const name of ['sh', 'sleep']) symlinkSync(`/bin/${name}`, join(path, name));
    const began = performance.now();
    const { said, ended } = await run(layOut(tells, '/no/such/loader'), [], path);
    expect(said).toMatch(/^terraform-provider-domo: .* apk add nodejs\)\n$/);
    expect(ended).toBe(1);
    expect(performance.now() - began).toBeGreaterThan(900);
  });
});

describe('start.cjs', () => {
  /** What it does where the version is another: what it prints, and what it requires. */
  function startedWith(version: string) {
    const done: string[] = [];
    const process = {
      version: `v${version}`,
      versions: { node: version },
      stdout: { write: (text: string) => done.push(text) },
      exitCode: 0,
    };
    const program = new Function('process', 'require', 'setTimeout', starter('start.cjs'));
    program(
      process,
      (name: string) => done.push(`require ${name}`),
      (_: unknown, ms: number) => done.push(`stays ${ms} ms`),
    );
    return { done, exitCode: process.exitCode };
  }

  it.each(['20.0.0', '26.10.0', '100.1.0'])('loads the bundle with Node.js %s', (version) => {
    expect(startedWith(version)).toEqual({
      done: ['require ./terraform-provider-domo-bundle.cjs'],
      exitCode: 0,
    });
  });

  it.each(['8.17.0', '18.20.8'])('says in one line that Node.js %s is too old', (version) => {
    expect(startedWith(version)).toEqual({
      done: [
        `terraform-provider-domo: Node.js 20 or newer is needed, and the node on the PATH is v${version}\n`,
        'stays 1000 ms',
      ],
      exitCode: 1,
    });
  });

  it('is written so that Node.js 10 can read it', () => {
    const source = starter('start.cjs');
    const code = (target: string) => transformSync(source, { target }).code;
    expect(code('node10')).toBe(code('esnext'));
  });
});
