import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { removeTempFolders, tempFolder } from '../support/temp';

/**
 * The house as docs/architecture.md draws it: the rooms by their place, the inner ones first, and what they may import:
 * a room, its types or index alone, or a single module by its path.
 */
const rooms: [place: string, room: string, mayImport: string[]][] = [
  ['provider/main', 'main', ['plugin', 'protocol', 'domo', 'doctor']],
  ['provider/doctor/', 'doctor', ['framework (index)', 'domo', 'domo/api', 'redaction']],
  ['provider/plugin/', 'plugin', ['redaction']],
  ['provider/redaction/', 'redaction', []],
  ['provider/protocol/', 'protocol', ['framework', 'plugin (types)']],
  ['provider/framework/', 'framework', []],
  ['provider/domo/api/', 'domo/api', []],
  ['provider/domo/', 'domo', ['framework (index)', 'domo/api']],
  ['examples/sandbox/', 'sandbox', []],
  // All other tests know the sandbox as a program, or as what one file makes of it.
  ['test/sandbox/', "the sandbox's tests", ['sandbox', 'test']],
  ['test/support/in-process-sandbox', 'the sandbox in process', ['sandbox', 'test']],
  // A reading of Domo of its own: nothing of the provider may slip into it.
  ['test/support/fake-domo/', 'the fake Domo', ['test']],
  [
    'test/',
    'test',
    [
      'main',
      'plugin',
      'redaction',
      'protocol',
      'framework',
      'domo',
      'domo/api',
      'doctor',
      'scripts',
      'the fake Domo',
      'the sandbox in process',
      'package.json',
    ],
  ],
  // The bindings and the pages are made from the definitions, a build checks those and encodes their schema, and a mirror has the registries; no more is a script's business.
  [
    'scripts/',
    'scripts',
    [
      'provider/domo/provider',
      'provider/framework/function',
      'provider/framework/operations/check',
      'provider/framework/provider',
      'provider/framework/schema/describe',
      'provider/framework/schema/schema',
      'provider/protocol/tfplugin6',
      'provider/protocol/wire/schema',
    ],
  ],
  ['package.json', 'package.json', []],
];

/** The one import of what is no code: the version. */
const exceptions = ['provider/domo/version.ts -> package.json'];

const repository = resolve(__dirname, '../..');
afterAll(removeTempFolders);

const find = (path: string) => rooms.find(([place]) => path.startsWith(place));

/** Every arrow that leaves its room without leave, as `file -> target`. */
function wrongArrows(root: string): string[] {
  const files = ['provider', 'examples/sandbox', 'test', 'scripts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      // The texts in this one look like imports.
      .filter((file) => file.endsWith('.ts') && file !== 'test/unit/imports.test.ts'),
  );
  return files.flatMap((file) =>
    importsOf(readFileSync(join(root, file), 'utf8')).flatMap(({ from, types }) => {
      if (!from.startsWith('.')) return [];
      const target = join(dirname(file), from);
      const arrow = `${file} -> ${target}`;
      return isAllowed(file, target, types) || exceptions.includes(arrow) ? [] : [arrow];
    }),
  );
}

function isAllowed(file: string, target: string, types: boolean): boolean {
  const [, own, mayImport = []] = find(file) ?? [];
  // A folder imported by name is its index.
  const [place, room] = find(target) ?? find(`${target}/`) ?? [];
  if (room === undefined) return false;
  if (room === own || mayImport.includes(room) || mayImport.includes(target)) return true;
  if (mayImport.includes(`${room} (types)`)) return types;
  return mayImport.includes(`${room} (index)`) && `${target}/` === place;
}

/** The modules that a source names, in imports of every form. */
function importsOf(source: string): { from: string; types: boolean }[] {
  const statements = source.matchAll(/^\s*(?:import|export)\b([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]/gm);
  const others = source.matchAll(/\b(?:import\s*\(?|require\s*\()\s*['"]([^'"]+)['"]/g);
  return [
    ...[...statements].map(([, what = '', from = '']) => ({ from, types: /^\s+type\b/.test(what) })),
    ...[...others].map(([, from = '']) => ({ from, types: false })),
  ];
}

it('has no arrow that the house does not have', () => {
  expect(wrongArrows(repository)).toEqual([]);
});

it('sees every source, and every form of import', () => {
  const root = tempFolder('house');
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('provider/main.ts', "import { x } from './protocol/x';\nimport { y } from './framework';\n");
  write('provider/plugin/deep/x.ts', "export * from '../../protocol/x';\nexport { z } from '../z';\n");
  write('provider/framework/x.ts', "const x = await import('../protocol/x');\nimport fs from 'node:fs';\n");
  write(
    'provider/protocol/x.ts',
    "import type { P } from '../plugin/x';\nimport {\n  p,\n} from '../plugin/y';\n",
  );
  write(
    'provider/domo/x.ts',
    "import { t } from '../framework';\nimport { s } from '../framework/server';\n",
  );
  write('provider/domo/api/x.ts', "import '../x';\nimport x = require('../../framework');\n");
  write('provider/domo/z.ts', "import { d } from '../doctor/command';\n");
  write('provider/doctor/x.ts', "import { x } from '../domo/x';\nimport { s } from '../plugin/serve';\n");
  write('examples/sandbox/x.ts', "import { t } from '../../provider/framework';\n");
  write(
    'test/x.test.ts',
    "import { s } from '../examples/sandbox/x';\nimport { x } from '../provider/domo/x';\n",
  );
  write(
    'test/sandbox/x.test.ts',
    "import { s } from '../../examples/sandbox/x';\nimport { u } from '../u';\n",
  );
  write('test/support/fake-domo/x.ts', "import { x } from '../../../provider/domo/x';\n");
  write(
    'test/y.test.ts',
    "import { x } from './support/fake-domo';\nimport { y } from '../scripts/deep/x';\n",
  );
  write(
    'scripts/deep/x.ts',
    "import { p } from '../../provider/domo/provider';\nimport { s } from '../../provider/domo/schema';\n",
  );
  write('scripts/y.ts', "import { x } from './deep/x';\nimport { t } from '../test/x';\n");
  write('provider/domo/y.ts', "import { x } from '../../scripts/x';\nimport { t } from '../../test/x';\n");
  write('provider/stray.ts', "import { x } from './main';\n");
  expect(wrongArrows(root).sort()).toEqual([
    'examples/sandbox/x.ts -> provider/framework',
    'provider/doctor/x.ts -> provider/plugin/serve',
    'provider/domo/api/x.ts -> provider/domo/x',
    'provider/domo/api/x.ts -> provider/framework',
    'provider/domo/x.ts -> provider/framework/server',
    'provider/domo/y.ts -> scripts/x',
    'provider/domo/y.ts -> test/x',
    'provider/domo/z.ts -> provider/doctor/command',
    'provider/framework/x.ts -> provider/protocol/x',
    'provider/main.ts -> provider/framework',
    'provider/plugin/deep/x.ts -> provider/protocol/x',
    'provider/protocol/x.ts -> provider/plugin/y',
    'provider/stray.ts -> provider/main',
    'scripts/deep/x.ts -> provider/domo/schema',
    'scripts/y.ts -> test/x',
    'test/support/fake-domo/x.ts -> provider/domo/x',
    'test/x.test.ts -> examples/sandbox/x',
  ]);
});
