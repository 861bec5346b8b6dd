import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { removeTempFolders, tempFolder } from '../../support/temp';

const source = readFileSync(join(__dirname, '../../../scripts/starter/start.cjs'), 'utf8');

let userId = process.getuid?.() ?? 0;

describe('start.cjs', () => {
  /** What it does where the version is another: what it prints, and what it requires. */
  function startedWith(
    version: string,
    env: Record<string, string> = {},
    modules: Record<string, unknown> = {},
  ) {
    const done: string[] = [];
    const process = {
      version: `v${version}`,
      versions: { node: version },
      stdout: { write: (text: string) => done.push(text) },
      exitCode: 0,
      env,
      getuid: () => userId,
    };
    const program = new Function('process', 'require', 'setTimeout', source);
    program(
      process,
      (name: string) => {
        if (!name.startsWith('.')) return modules[name] ?? {};
        return done.push(`require ${name}`);
      },
      (_: unknown, ms: number) => done.push(`stays ${ms} ms`),
    );
    return { done, exitCode: process.exitCode };
  }

  it.each(['20.3.0', '26.10.0', '100.1.0'])('loads the bundle with Node.js %s', (version) => {
    expect(startedWith(version)).toEqual({
      done: ['require ./terraform-provider-domo-bundle.cjs'],
      exitCode: 0,
    });
  });

  it.each(['8.17.0', '18.20.8', '20.2.0'])('says in one line that Node.js %s is too old', (version) => {
    expect(startedWith(version)).toEqual({
      done: [
        `terraform-provider-domo: Node.js 20.3 or newer is needed, and the node on the PATH is v${version}\n`,
        'stays 1000 ms',
      ],
      exitCode: 1,
    });
  });

  it('is written so that Node.js 10 can read it', () => {
    const code = (target: string) => transformSync(source, { target }).code;
    expect(code('node10')).toBe(code('esnext'));
  });

  describe('keeps what Node.js has compiled', () => {
    afterAll(removeTempFolders);
    const home = () => {
      const folder = tempFolder('home-');
      chmodSync(folder, 0o700);
      return folder;
    };
    /** Where it is kept; undefined if nowhere, which must not keep the provider from starting. */
    function keptIn(env: Record<string, string>): string | undefined {
      let kept: string | undefined;
      const module = { enableCompileCache: (folder: string) => (kept = folder) };
      const { done } = startedWith('24.0.0', env, {
        'node:fs': require('node:fs'),
        'node:path': require('node:path'),
        'node:module': module,
      });
      expect(done).toEqual(['require ./terraform-provider-domo-bundle.cjs']);
      return kept;
    }

    it('in a folder that only this user can read, which it makes', () => {
      const HOME = home();
      const folder = join(HOME, '.cache/terraform-provider-domo');
      expect(keptIn({ HOME })).toBe(folder);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(keptIn({ HOME })).toBe(folder);
      const XDG_CACHE_HOME = join(HOME, 'caches');
      expect(keptIn({ HOME, XDG_CACHE_HOME })).toBe(join(XDG_CACHE_HOME, 'terraform-provider-domo'));
    });

    it.each(['NODE_DISABLE_COMPILE_CACHE', 'NODE_COMPILE_CACHE'])('unless %s says otherwise', (name) => {
      expect(keptIn({ HOME: home(), [name]: '1' })).toBeUndefined();
    });

    it('only with a home, and one that can be written to', () => {
      expect(keptIn({})).toBeUndefined();
      expect(keptIn({ XDG_CACHE_HOME: 'caches' })).toBeUndefined();
      const HOME = home();
      writeFileSync(join(HOME, '.cache'), '');
      expect(keptIn({ HOME })).toBeUndefined();
    });

    it('never where somebody else could write', () => {
      const HOME = home();
      const folder = join(HOME, '.cache/terraform-provider-domo');
      expect(keptIn({ HOME })).toBe(folder);
      chmodSync(folder, 0o720);
      expect(keptIn({ HOME })).toBeUndefined();
      chmodSync(folder, 0o700);
      chmodSync(join(HOME, '.cache'), 0o1777);
      expect(keptIn({ HOME })).toBeUndefined();
    });

    it('never in a folder of another user, or behind a link', () => {
      const HOME = home();
      expect(keptIn({ HOME })).toBeDefined();
      userId++;
      expect(keptIn({ HOME })).toBeUndefined();
      userId--;
      const linked = home();
      mkdirSync(join(linked, '.cache'), { mode: 0o700 });
      symlinkSync(
        join(HOME, '.cache/terraform-provider-domo'),
        join(linked, '.cache/terraform-provider-domo'),
      );
      expect(keptIn({ HOME: linked })).toBeUndefined();
    });
  });
});
