import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTempFolders, tempFolder } from '../support/temp';

const script = readFileSync(join(__dirname, '../../scripts/starter/start.sh'), 'utf8');

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
  write('start', script.replace('@LOADER@', loader));
  return join(folder, 'start');
}

function run(program: string, args: string[], PATH = process.env.PATH ?? '', more: NodeJS.ProcessEnv = {}) {
  const child = spawn(program, args, { env: { PATH, ...more }, stdio: ['ignore', 'pipe', 'inherit'] });
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

  it('switches the slowest compiler of the runtime off, unless somebody has chosen', async () => {
    const shows = layOut('#!/bin/sh\necho "$BUN_JSC_useFTLJIT"\n', '/bin/sh');
    const { said } = await run(shows, []);
    const chosen = await run(shows, [], undefined, { BUN_JSC_useFTLJIT: '1' });
    expect([said, chosen.said]).toEqual(['0\n', '1\n']);
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
