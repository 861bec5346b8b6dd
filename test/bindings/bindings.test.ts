import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Flavour } from '../../scripts/bindings/flavours';
import { tearDown } from '../support/opened';
import { skipped } from '../support/skipped';
import { tempFolder } from '../support/temp';
import { engines } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { adoption, everyStack, everything, more, move } from './programs';
import {
  configurationOf,
  eachFlavour,
  exampleFolder,
  installedExample,
  packageFolder,
  repository,
  runScript,
  synthesized,
  synthesizeHere,
  testedVersion,
} from './projects';

beforeAll(() => {
  runScript(['scripts/bindings.ts'], { TF: engines()[0]?.path ?? '' });
}, 180_000);
afterAll(tearDown);

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe.each(eachFlavour)('the package for %s', (library, flavour) => {
  const folder = packageFolder(flavour);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('has what a prebuilt provider has, and nothing that only its making needs', () => {
    const modules = [
      'api-client',
      'api-clients-exclusive',
      'data-domo-access-tokens',
      'data-domo-api-client',
      'data-domo-api-client-scopes',
      'data-domo-api-clients',
      'provider',
      // The generator of CDKTF knows neither ephemeral resources nor functions.
      ...(library === 'cdktn'
        ? ['ephemeral-domo-access-token', 'ephemeral-domo-decrypted-secret', 'provider-functions']
        : []),
    ];
    const made = ['index.d.ts', 'index.js'];
    expect(filesIn(folder)).toEqual(
      [
        ...['.jsii', 'API.md', 'LICENSE', 'README.md', 'package.json'],
        ...made.map((name) => `lib/${name}`),
        ...modules.flatMap((name) => [...made, 'README.md'].map((file) => `lib/${name}/${file}`)),
      ]
        .filter((name) => !name.endsWith('/README.md') || existsSync(join(folder, name)))
        .sort(),
    );
    const manifest = JSON.parse(read('package.json'));
    expect(manifest).toMatchObject({
      name: `${library}-provider-domo`,
      version: JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).version,
      main: 'lib/index.js',
      types: 'lib/index.d.ts',
      keywords: expect.arrayContaining(['cdk', library, 'provider', 'terraform', 'domo']),
      peerDependencies: { [library]: expect.any(String), constructs: expect.any(String) },
      [library]: {
        provider: { name: 'registry.terraform.io/domo-governance/domo', version: manifest.version },
      },
    });
  });

  it('documents every argument as the schema does', () => {
    const api = read('API.md');
    for (const name of [
      'ApiClient',
      'ApiClientsExclusive',
      'DataDomoApiClients',
      'DataDomoApiClient',
      'DataDomoAccessTokens',
      'DataDomoApiClientScopes',
      'DomoProvider',
    ]) {
      expect(api).toContain(`### ${name} `);
    }
    for (const text of ['unique in the instance', 'Changing this replaces', 'DOMO_ACCESS_TOKEN']) {
      expect(api).toContain(text);
      expect(read('lib/api-client/index.d.ts') + read('lib/provider/index.d.ts')).toContain(text);
    }
  });

  it('describes every type, and every member that it does not inherit', () => {
    type Member = { name: string; protected?: boolean; docs?: { summary?: string } };
    type Type = Member & { properties?: Member[]; methods?: Member[] };
    const types = Object.values<Type>(JSON.parse(read('.jsii')).types);
    const members = types.flatMap((type) => [
      { name: type.name, summary: type.docs?.summary },
      ...[...(type.properties ?? []), ...(type.methods ?? [])]
        .filter((member) => !member.protected)
        .map((member) => ({ name: `${type.name}.${member.name}`, summary: member.docs?.summary })),
    ]);
    expect(members.filter(({ summary }) => !summary).map(({ name }) => name)).toEqual([]);
    const secret = members.find(({ name }) => name === 'ApiClient.clientSecret');
    expect(secret?.summary).toMatch(/^The OAuth client secret/);
    expect(read('API.md')).toContain('an output of it needs `sensitive: true`');
  });

  it('loads a class only when it is used', () => {
    const index = join(folder, 'lib/index.js');
    const script = `const loaded = () => Object.keys(require.cache).filter((f) => f.includes('provider-domo/lib/')).length;
      const domo = require(${JSON.stringify(index)}); const before = loaded();
      const names = Object.keys(domo); domo.apiClient.ApiClient.name;
      console.log(JSON.stringify({ before, after: loaded(), names }));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      cwd: repository,
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      before: 1,
      after: 2,
      names: [
        ...[
          'apiClient',
          'apiClientsExclusive',
          'dataDomoAccessTokens',
          'dataDomoApiClient',
          'dataDomoApiClientScopes',
          'dataDomoApiClients',
          'provider',
        ],
        ...(library === 'cdktn'
          ? ['ephemeralDomoAccessToken', 'ephemeralDomoDecryptedSecret', 'providerFunctions']
          : []),
      ].sort(),
    });
  });

  it('has a README whose stack works', () => {
    const stack = synthesized(read('README.md'), library, folder);
    expect(stack.terraform.required_providers.domo).toEqual({
      source: 'domo-governance/domo',
      version: expect.stringMatching(/^~> \d+\.\d+$/),
    });
    expect(stack.output.secret.sensitive).toBe(true);
  });
});

it('the stack of the guide works', () => {
  const [, [library, flavour] = []] = eachFlavour;
  if (!library || !flavour) throw new Error('There is no second flavour.');
  const guide = readFileSync(join(repository, 'docs/guides/typescript-stacks.md'), 'utf8');
  const { output, data, resource } = synthesized(guide, library, packageFolder(flavour));
  expect(output.secret.sensitive).toBe(true);
  expect(resource.domo_api_clients_exclusive.only.names).toContain('partner-portal');
  expect(data.domo_api_clients.all.scopes_any).toEqual(['user']);
});

it('both examples are the same, but for the library', () => {
  const [[, cdktf], [, cdktn]] = eachFlavour as [[string, never], [string, never]];
  const files = filesIn(exampleFolder(cdktf)).filter((name) => !/node_modules|cdktf\.out/.test(name));
  expect(filesIn(exampleFolder(cdktn))).toEqual(files);
  // The order of imports follows the names.
  const sorted = (text: string) => text.split('\n').sort();
  for (const file of files.filter((name) => name !== 'package.json')) {
    const [one = '', other = ''] = [cdktf, cdktn].map((flavour) =>
      readFileSync(join(exampleFolder(flavour), file), 'utf8'),
    );
    const renamed = one
      .replace(/'cdktf(?=['/])/g, "'cdktn")
      .replaceAll('cdktf-provider-domo', 'cdktn-provider-domo');
    expect([file, sorted(other)]).toEqual([file, sorted(renamed)]);
  }
});

it.each(eachFlavour)('the example for %s names the versions that it is tested with', (library, flavour) => {
  const manifest = JSON.parse(readFileSync(join(exampleFolder(flavour), 'package.json'), 'utf8'));
  const { [`${library}-provider-domo`]: _, ...named } = {
    ...manifest.dependencies,
    ...manifest.devDependencies,
  };
  const tested = Object.keys(named).map((name) => [name, testedVersion(name)]);
  expect(tested).toHaveLength(8);
  expect(named).toEqual(Object.fromEntries(tested));
});

// The other one needs ten more runs of the engine and shows nothing new.
const lived = isThorough ? eachFlavour : eachFlavour.slice(-1);
if (!isThorough) skipped('the whole life of the other example', 'it is the same stack: make test-thorough');
describe.each(engines())('with $name', (engine) => {
  it.concurrent.each(lived)(
    'the example for %s goes through its whole life',
    async (library, flavour) => {
      const { sandbox, work, ...example } = await installedExample(flavour, engine);
      await example.typecheck('named');
      await example.main();
      await example.terraform('dev', 'init');
      expect(await example.terraform('dev', 'apply', '-auto-approve')).toContain(
        '2 added, 0 changed, 0 destroyed',
      );
      expect((await example.plan('dev')).code).toBe(0);
      // With the state of the stack in the folder, as one has it who has followed the guide.
      expect(await example.test()).toMatch(/Tests: +\d+ passed, \d+ total/);
      const { outputs } = example.state('dev');
      expect(Object.keys(outputs)).toEqual(['it_directory_sync', 'sales_nightly_export']);
      const { value, sensitive } = outputs.sales_nightly_export ?? {};
      const { client_id, client_secret } = value as Record<string, unknown>;
      expect([sensitive, await sandbox.signIn(client_id, client_secret)]).toEqual([true, 200]);

      const teams = work.read('teams.ts');
      work.write('teams.ts', teams.replace("scopes: ['data']", "scopes: ['data', 'dashboard']"));
      await example.synth('main.ts');
      const changed = await example.plan('dev');
      expect([changed.code, changed.text]).toEqual([2, expect.stringContaining('must be replaced')]);
      expect(await example.terraform('dev', 'apply', '-auto-approve')).toContain(
        '1 added, 0 changed, 1 destroyed',
      );
      expect(await sandbox.signIn(client_id, client_secret)).toBe(401);

      const userId = sandbox.users[0]?.id;
      await sandbox.control('POST', 'clients', { userId, name: 'by-hand', scopes: ['data'] });
      work.write('more.ts', more(library, adoption));
      await example.synth('more.ts');
      expect(await example.terraform('dev', 'apply', '-auto-approve')).toContain(
        '1 imported, 2 added, 0 changed, 0 destroyed',
      );
      expect((await example.plan('dev')).code).toBe(0);
      const secret = example.state('dev').clients.get('moving')?.client_secret;
      expect(secret).toEqual(expect.any(String));
      const rotated = example.state('dev').outputs.rotating?.value;
      expect(rotated).toMatchObject({ client_secret: expect.any(String) });

      work.write('more.ts', more(library, move));
      await example.synth('more.ts');
      expect(await example.terraform('dev', 'apply', '-auto-approve')).toContain(
        '1 added, 0 changed, 0 destroyed',
      );
      expect(example.state('dev').clients.get('moving')?.client_secret).toBe(secret);
      expect(example.state('dev').clients.has('export 2026-04-01')).toBe(true);
      expect(example.state('dev').outputs.rotating?.value).toEqual(rotated);

      await example.terraform('dev', 'destroy', '-auto-approve');
      expect(await sandbox.ids()).toEqual([]);
    },
    300_000,
  );
});

it('the example that is not lived through has correct types, and is the same configuration', async () => {
  const [[library, flavour], [, other]] = eachFlavour as [[string, Flavour], [string, Flavour]];
  const [engine] = engines();
  if (!engine) throw new Error('There is no engine.');
  const { work, ...example } = await installedExample(flavour, engine);
  await example.typecheck('quick');
  const programs = Object.entries(everything(library));
  for (const [name, text] of programs) work.write(name, text);
  await example.synth('all.ts');
  const there = synthesizeHere(other, everything(other.library));
  for (const stack of everyStack)
    expect(configurationOf(work.folder, stack)).toEqual(configurationOf(there, stack));
}, 120_000);

// A minute for the generator alone: only with `make test-thorough`.
const thoroughly = isThorough ? describe : describe.skip;
if (!isThorough) skipped('the bindings in Python', 'they take a minute: make test-thorough');
thoroughly('in Python', () => {
  const [[, cdktf] = []] = eachFlavour;
  const program = join(repository, 'examples/cdktf-python/main.py');
  const python = (args: string[], cwd: string) =>
    spawnSync('python3', args, { cwd, encoding: 'utf8', timeout: 240_000 });

  it('the same stack is the same configuration', () => {
    if (!cdktf) throw new Error('There is no flavour.');
    const place = tempFolder('python');
    runScript(['scripts/python-bindings.ts']);
    const source = join(repository, 'dist/python/cdktf-provider-domo');
    const generated = join(source, 'src/cdktf_provider_domo/api_client/__init__.py');
    expect(readFileSync(generated, 'utf8')).toContain('class ApiClient(');

    if (python(['--version'], place).status !== 0) {
      skipped('the stack in Python', 'there is no python3; only the package was generated');
      return;
    }
    for (const file of [program, generated]) {
      const parse = 'import ast, sys; ast.parse(open(sys.argv[1]).read())';
      expect(python(['-c', parse, file], place).stderr).toBe('');
    }
    const installed = ['-m', 'venv', 'venv'];
    const pip = ['install', '--quiet', '--disable-pip-version-check', source];
    const ready =
      python(installed, place).status === 0 &&
      spawnSync(join(place, 'venv/bin/pip'), pip, { cwd: place, encoding: 'utf8', timeout: 240_000 })
        .status === 0;
    if (!ready) {
      skipped('the stack in Python', 'cdktf cannot be installed with pip here; its syntax alone was checked');
      return;
    }
    const ran = spawnSync(join(place, 'venv/bin/python'), [program], { cwd: place, encoding: 'utf8' });
    expect({ status: ran.status, stderr: ran.status === 0 ? '' : ran.stderr }).toEqual({
      status: 0,
      stderr: '',
    });
    const typescript = synthesizeHere(cdktf);
    for (const stack of ['cdktf.out/stacks/dev', 'cdktf.out/stacks/prod']) {
      expect(configurationOf(place, stack)).toEqual(configurationOf(typescript, stack));
    }
  }, 600_000);
});
