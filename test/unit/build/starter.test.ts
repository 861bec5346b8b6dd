import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

const source = readFileSync(join(__dirname, '../../../scripts/starter/start.cjs'), 'utf8');

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
    const program = new Function('process', 'require', 'setTimeout', source);
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
    const code = (target: string) => transformSync(source, { target }).code;
    expect(code('node10')).toBe(code('esnext'));
  });
});
