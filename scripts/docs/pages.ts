import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../../provider/framework/provider';
import type { Attributes } from '../../provider/framework/schema/schema';
import { schemaSection } from './schema';

interface Page {
  readonly title: string;
  readonly heading: string;
  readonly description: string;
  readonly attributes: Attributes;
  /** Headings, and the files in examples/ to show below each; a file that does not exist is left out. */
  readonly examples: readonly (readonly [heading: string, files: readonly string[]])[];
  /** Markdown between the first example and the schema. */
  readonly more?: string;
}

const languages: Readonly<Record<string, string>> = { tf: 'terraform', sh: 'shell' };

/** The registry's pages of a provider: their text by their path in the repository. */
export function pages<C>(provider: Provider<C>, repository: string): ReadonlyMap<string, string> {
  const write = (page: Page) => render(page, repository);
  const type = (name: string) => `${provider.name}_${name}`;
  return new Map([
    [
      'docs/index.md',
      write({
        title: `Provider: ${provider.name}`,
        heading: 'Domo Provider',
        description: provider.description,
        attributes: provider.attributes,
        examples: [['Example Usage', ['provider/provider.tf']]],
        more: readFileSync(join(repository, 'scripts/docs/index.md'), 'utf8').trim(),
      }),
    ],
    ...provider.dataSources.map(({ name, definition: { description, attributes } }): [string, string] => [
      `docs/data-sources/${name}.md`,
      write({
        title: `${type(name)} Data Source - ${provider.name}`,
        heading: `${type(name)} (Data Source)`,
        description,
        attributes,
        examples: [['Example Usage', [`data-sources/${type(name)}/data-source.tf`]]],
      }),
    ]),
    ...provider.resources.map(({ name, definition: { description, attributes } }): [string, string] => [
      `docs/resources/${name}.md`,
      write({
        title: `${type(name)} Resource - ${provider.name}`,
        heading: `${type(name)} (Resource)`,
        description,
        attributes,
        examples: [
          ['Example Usage', [`resources/${type(name)}/resource.tf`]],
          ['Import', importFiles.map((file) => `resources/${type(name)}/${file}`)],
        ],
      }),
    ]),
  ]);
}

const importFiles = ['import-by-string-id.tf', 'import-by-identity.tf', 'import.sh'];

function render(page: Page, repository: string): string {
  const { title, heading, description, attributes, examples, more } = page;
  const shown = examples.map(([name, files]) => exampleSection(name, files, repository));
  const [usage, ...after] = shown;
  const parts = [
    frontMatter(title, description),
    `# ${heading}`,
    description,
    usage,
    more,
    schemaSection(attributes),
  ];
  return `${[...parts, ...after].filter(Boolean).join('\n\n')}\n`;
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
