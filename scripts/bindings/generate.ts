/**
 * Writes the TypeScript classes of a provider: `generate.ts LIBRARY SCHEMA FOLDER`, where the schema is what
 * `terraform providers schema -json` prints. Each library gets its own process: the two generators do not get along
 * in one. Runs in the repository's folder, since the bundle of it lies elsewhere.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { domoProvider } from '../../provider/domo/provider';
import { flavours } from './flavours';

/** What is used of the generators; they have no types that both share. */
interface Generator {
  generate(target: unknown): void;
  save(folder: string): Promise<void>;
}
interface GeneratorModule {
  readonly TerraformProviderGenerator: new (code: unknown, schema: unknown) => Generator;
}
interface CommonsModule {
  readonly ConstructsMakerProviderTarget: new (constraint: unknown, language: string) => unknown;
  readonly TerraformProviderConstraint: new (constraint: object) => unknown;
}
interface CodeMakerModule {
  readonly CodeMaker: new () => unknown;
}

async function main([library, schemaFile = '', folder = '']: string[]): Promise<void> {
  const flavour = flavours.find((each) => each.library === library);
  if (!flavour) throw new Error(`There are no bindings for "${library}".`);
  const load = createRequire(resolve('package.json'));
  const { TerraformProviderGenerator } = load(flavour.generator) as GeneratorModule;
  const commons = load(flavour.commons) as CommonsModule;
  // The version that the generator itself depends on.
  const { CodeMaker } = createRequire(load.resolve(flavour.generator))('codemaker') as CodeMakerModule;

  const { provider_schemas } = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const generator = new TerraformProviderGenerator(new CodeMaker(), { provider_schemas });
  const [major, minor] = domoProvider.version.split('.');
  const constraint = new commons.TerraformProviderConstraint({
    name: domoProvider.name,
    source: domoProvider.source,
    version: `~> ${major}.${minor}`,
  });
  generator.generate(new commons.ConstructsMakerProviderTarget(constraint, 'typescript'));
  await generator.save(folder);
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
