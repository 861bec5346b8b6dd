import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Provider } from '../../provider/framework/provider';
import { functionSection } from './function';
import { schemaSection } from './schema';

interface Page {
  readonly title: string;
  readonly heading: string;
  readonly description: string;
  /** What can be set and read, as Markdown. */
  readonly schema: string;
  /** Headings, and the files in examples/ to show below each; a file that does not exist is left out. */
  readonly examples: readonly (readonly [heading: string, files: readonly string[]])[];
}

const languages: Readonly<Record<string, string>> = { tf: 'terraform', hcl: 'terraform', sh: 'shell' };

/** The registry's pages of a provider: their text by their path in the repository. */
export function pages<C>(provider: Provider<C>, repository: string): ReadonlyMap<string, string> {
  const write = (path: string, page: Page): [string, string] => [path, render(page, repository, path)];
  const type = (name: string) => `${provider.name}_${name}`;
  return new Map([
    write('docs/index.md', {
      title: `Provider: ${provider.name}`,
      heading: 'Domo Provider',
      description: provider.description,
      schema: schemaSection(provider.attributes),
      examples: [['Example Usage', ['provider/provider.tf']]],
    }),
    ...provider.dataSources.map(({ name, definition: { description, attributes } }) =>
      write(`docs/data-sources/${name}.md`, {
        title: `${type(name)} Data Source - ${provider.name}`,
        heading: `${type(name)} (Data Source)`,
        description,
        schema: schemaSection(attributes),
        examples: [['Example Usage', [`data-sources/${type(name)}/data-source.tf`]]],
      }),
    ),
    ...provider.resources.map(({ name, definition: { description, attributes } }) =>
      write(`docs/resources/${name}.md`, {
        title: `${type(name)} Resource - ${provider.name}`,
        heading: `${type(name)} (Resource)`,
        description,
        schema: schemaSection(attributes),
        examples: [
          ['Example Usage', [`resources/${type(name)}/resource.tf`]],
          ['Import', importFiles.map((file) => `resources/${type(name)}/${file}`)],
        ],
      }),
    ),
    ...(provider.listResources ?? []).map(({ name, definition: { description, attributes } }) =>
      write(`docs/list-resources/${name}.md`, {
        title: `${type(name)} List Resource - ${provider.name}`,
        heading: `${type(name)} (List Resource)`,
        description,
        schema: schemaSection(attributes, 'config'),
        examples: [['Example Usage', [`list-resources/${type(name)}/list-resource.tfquery.hcl`]]],
      }),
    ),
    ...(provider.ephemeralResources ?? []).map(({ name, definition: { description, attributes } }) =>
      write(`docs/ephemeral-resources/${name}.md`, {
        title: `${type(name)} Ephemeral Resource - ${provider.name}`,
        heading: `${type(name)} (Ephemeral Resource)`,
        description,
        schema: schemaSection(attributes),
        examples: [['Example Usage', [`ephemeral-resources/${type(name)}/ephemeral-resource.tf`]]],
      }),
    ),
    ...(provider.actions ?? []).map(({ name, definition: { description, attributes } }) =>
      write(`docs/actions/${name}.md`, {
        title: `${type(name)} Action - ${provider.name}`,
        heading: `${type(name)} (Action)`,
        description,
        schema: schemaSection(attributes, 'config'),
        examples: [['Example Usage', [`actions/${type(name)}/action.tf`]]],
      }),
    ),
    ...(provider.functions ?? []).map((each) =>
      write(`docs/functions/${each.name}.md`, {
        title: `${each.name} Function - ${provider.name}`,
        heading: `${each.name} (Function)`,
        description: each.definition.description,
        schema: functionSection(each),
        examples: [['Example Usage', [`functions/${each.name}/function.tf`]]],
      }),
    ),
  ]);
}

const importFiles = ['import-by-string-id.tf', 'import-by-identity.tf', 'import.sh'];

function render(page: Page, repository: string, path: string): string {
  const { title, heading, description, schema, examples } = page;
  const shown = examples.map(([name, files]) => exampleSection(name, files, repository));
  const [usage, ...after] = shown;
  const parts = [
    frontMatter(title, description),
    `# ${heading}`,
    description,
    usage,
    moreFor(path, repository),
    schema,
  ];
  return `${[...parts, ...after].filter(Boolean).join('\n\n')}\n`;
}

/** What is written by hand between the example and the schema, for the pages that have it. */
function moreFor(path: string, repository: string): string {
  const file = join(repository, 'scripts/docs/more', relative('docs', path));
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

function frontMatter(title: string, description: string): string {
  return ['---', `page_title: ${JSON.stringify(title)}`, 'description: |-', `  ${description}`, '---'].join(
    '\n',
  );
}

function exampleSection(heading: string, files: readonly string[], repository: string): string {
  const blocks = files
    .map((file) => join(repository, 'examples', file))
    .filter((path) => existsSync(path))
    .map((path) => {
      const language = languages[path.split('.').at(-1) ?? ''] ?? '';
      return `\`\`\`${language}\n${readFileSync(path, 'utf8').trimEnd()}\n\`\`\``;
    });
  return blocks.length === 0 ? '' : [`## ${heading}`, ...blocks].join('\n\n');
}
