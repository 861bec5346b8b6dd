import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { domoMirror } from '../support/provider-build';
import { skipped } from '../support/skipped';
import { cleanupAll, type Engine, engines, isAtLeast, type Workspace, workspace } from '../support/terraform';

const repository = resolve(__dirname, '../..');
const guides = readdirSync(join(repository, 'docs/guides')).map((name) => `docs/guides/${name}`);

const required = `terraform {
  required_providers {
    domo = {
      source = "domo-governance/domo"
    }
  }
}
`;
const client = `resource "domo_api_client" "nightly_export" {
  name   = "nightly-export"
  scopes = ["data"]
}
`;

interface Block {
  readonly place: string;
  readonly text: string;
}

function blocksOf(path: string): Block[] {
  const source = readFileSync(join(repository, path), 'utf8');
  return [...source.matchAll(/^```(?:terraform|hcl)\n(.*?)^```$/gms)].map(({ 1: text = '', index }) => ({
    place: `${path}:${source.slice(0, index).split('\n').length}`,
    text,
  }));
}

/** What a reader already has when they come to this block: the provider's address, and the client of the guides. */
function complete(text: string): string {
  const declared = /required_providers/.test(text) ? text : required + text;
  const mentions = /\bdomo_api_client\.nightly_export\b/.test(text);
  return mentions && !/resource "domo_api_client" "nightly_export"/.test(text) ? declared + client : declared;
}

/** Why an engine cannot judge a block here; undefined if it can. */
function missingFor(text: string, engine: Engine): string | undefined {
  if (/^\s*encryption \{/m.test(text) && engine.product !== 'tofu') return 'only OpenTofu encrypts its state';
  if (/^(resource|ephemeral|data) "(aws|vault)_/m.test(text)) return 'it needs the provider of others';
  if (/^provider "\w+" \{\n(?:[^}\n].*\n)*? +for_each +=/m.test(text) && engine.product !== 'tofu') {
    return 'only OpenTofu has for_each on providers';
  }
  if (/^action "/m.test(text) && !isAtLeast(engine, 'terraform', 1, 14)) return 'it has no actions';
  return undefined;
}

/** Blocks that only a root module may have, or whose outputs are checked only there. */
const isForRoot = (text: string) => /^import \{|^output "|^\s*encryption \{/m.test(text);

/** A call of a module, with something unknown for each of its variables that has no default. */
function callOf(name: string, text: string): string {
  const variables = [...text.matchAll(/^variable "(\w+)" \{\n(.*?)^\}/gms)];
  const needed = variables.filter(({ 2: rest = '' }) => !/^ {2}default/m.test(rest));
  const args = needed.map(({ 1: variable }) => `  ${variable} = var.unknown\n`).join('');
  return `module "${name}" {\n  source = "./${name}"\n${args}}\n`;
}

const blocks = ['README.md', 'docs/index.md', 'scripts/docs/more/resources/api_client.md', ...guides].flatMap(
  blocksOf,
);

it('finds the blocks', () => expect(blocks.length).toBeGreaterThan(5));

describe.each(engines())('with $name', (engine: Engine) => {
  let work: Workspace;

  beforeAll(async () => {
    work = workspace({ engine, mirrors: [domoMirror()] });
    work.write('main.tf', required);
    await work.init();
  });
  afterAll(cleanupAll);

  it('the configurations are formatted', async () => {
    for (const { place, text } of blocks) work.write(`blocks/${place.replace(/[/:]/g, '-')}.tf`, text);
    expect(await work.run('fmt', '-check', '-diff', 'blocks')).toMatchObject({ code: 0, text: '' });
  });

  /** Whether the engine can judge a block here; says so if not. */
  function canJudge({ place, text }: Block): boolean {
    const missing = missingFor(text, engine);
    if (missing !== undefined) skipped(`the validity of ${place} with ${engine.name}`, missing);
    return missing === undefined;
  }

  it.each(blocks.filter(({ text }) => isForRoot(text)))(
    'the configuration at $place is valid',
    async (block) => {
      if (!canJudge(block)) return;
      work.write('main.tf', complete(block.text));
      expect(await work.run('validate', '-no-color')).toMatchObject({ code: 0 });
    },
  );

  it('the other configurations are valid, each as a module', async () => {
    const others = blocks.filter((block) => !isForRoot(block.text) && canJudge(block));
    expect(others).not.toEqual([]);
    const named = others.map(({ place, text }) => ({ text, name: place.replace(/[/:.]/g, '-') }));
    for (const { name, text } of named) work.write(`${name}/main.tf`, complete(text));
    const calls = named.map(({ name, text }) => callOf(name, text)).join('');
    work.write('main.tf', `${required}variable "unknown" {}\n${calls}`);
    await work.init();
    const { code, text } = await work.run('validate', '-no-color');
    expect({ code, text }).toEqual({ code: 0, text: expect.anything() });
  });
});
