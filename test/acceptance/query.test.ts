import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FakeDomo } from '../support/fake-domo';
import { skipped } from '../support/skipped';
import { type Engine, engines, isAtLeast } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { openDomo, setUp, tearDown } from './setup';

afterAll(tearDown);

const example = resolve(__dirname, '../../examples/list-resources/domo_api_client/list-resource.tfquery.hcl');

/** The commands of the guide that tidy what Terraform has generated, in their order. */
const tidying = readFileSync(resolve(__dirname, '../../docs/guides/bring-under-management.md'), 'utf8').match(
  /(?<=^ {7})sed -i\.bak [^\n]*? clients\.tf/gm,
);

const texts = [
  `"quoted" 'and' \\backslash\\ \\n \\u0041`,
  `\${a} $\${b} $`,
  `%{if x} %%{y} %{`,
  `\${`,
  'line\nbreak\r\nand\ttab\n',
  '日本語 العربية 😀 e\u0301',
  '{"z":  1.0, "a": {"c": "<&>", "b": null}, "big": 12345678901234567890}',
  '[1, 2,   3e0]',
  '{}',
  '{"twice": 1, "twice": 2}',
  '{"timeouts": null, "a": {"timeouts": null}}',
  '{no json',
  'null',
  '0012',
  '<<EOT',
  'EOT\n',
  '# no comment // /* */',
  ' blanks ',
  'control \u0001\u007f\u0085 and \u2028 \u202e',
  '<html> & "x"',
];
const heredoc = `Owner:\n  the team of \${x}\n\nEOT\n`;

/** Clients of hard names and descriptions, and plain ones beside them. */
function fill(domo: FakeDomo, count: number): void {
  for (let index = 0; index < count; index++) {
    domo.add({
      name: texts[index] ?? `etl-${index}`,
      description: ['', heredoc, texts[(index * 7) % texts.length] ?? ''][index % 3] ?? '',
      scopes: [['data'], ['data', 'user']][index % 2] ?? [],
      userId: index % 2 === 0 ? 42 : 43,
    });
  }
}

const lists = (domo: FakeDomo) => domo.count('GET /api/identity/v1/developer-tokens');
const onlyImports = (count: number) => `Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`;

describe.each(engines())('with $name', (engine: Engine) => {
  it.concurrent('import blocks have the engine write what plans nothing else', async () => {
    const domo = await openDomo({ clientIds: 'stars' });
    fill(domo, texts.length);
    const { work, configure } = await setUp('', { engine, domo });
    const blocks = [...domo.clients.keys()].map((id) => [
      'provider = domo',
      `to = domo_api_client.c_${id}`,
      `id = "id:${id}"`,
    ]);
    const written = (lines: string[][]) => lines.map((each) => `import {\n${each.join('\n')}\n}\n`).join('');
    configure(written(blocks));
    const { text } = await work.run('plan', '-no-color', '-generate-config-out=generated.tf');
    expect(text).toContain(onlyImports(texts.length));
    // What every engine refuses beside a resource block without it.
    configure(written(blocks.map(([, ...rest]) => rest)));
    expect((await work.apply()).text).toContain(
      `Resources: ${texts.length} imported, 0 added, 0 changed, 0 destroyed.`,
    );
    expect(await work.plan()).toBe('empty');
  });

  if (!isAtLeast(engine, 'terraform', 1, 14)) {
    skipped(`terraform query with ${engine.name}`, 'it needs terraform 1.14');
    return;
  }

  it.concurrent('a query writes the configuration of an instance, and its plan only imports', async () => {
    const domo = await openDomo({ clientIds: 'stars' });
    const count = isThorough ? 1_000 : 60;
    fill(domo, count);
    const { work } = await setUp('', { engine, domo });
    work.write('all.tfquery.hcl', 'list "domo_api_client" "all" {\n  provider = domo\n  limit = 5000\n}\n');
    const { code, text } = await work.run('query', '-no-color', '-generate-config-out=clients.tf');
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining(`etl-${count - 1} (`) });
    expect(text).not.toContain('Warning');
    const clients = work.read('clients.tf');
    expect(clients.match(/^resource "domo_api_client" "all_\d+"/gm)).toHaveLength(count);
    expect(clients).not.toMatch(/client_id|client_secret|owner_id/);
    expect((await work.run('plan', '-no-color')).text).toContain(onlyImports(count));
    await work.apply();
    expect(tidying).toHaveLength(2);
    for (const command of tidying ?? []) execFileSync('sh', ['-c', command], { cwd: work.folder });
    const tidied = work.read('clients.tf');
    expect(tidied).not.toMatch(/^import|^ {2}(secret_public_key|timeouts|provider) /m);
    expect(tidied).toMatch(/^ {4}timeouts *= null$/m);
    expect(await work.plan()).toBe('empty');
  });

  it.concurrent('the example is formatted, and finds what it says', async () => {
    const domo = await openDomo();
    fill(domo, 40);
    const { work } = await setUp('', { engine, domo });
    work.write('example.tfquery.hcl', readFileSync(example, 'utf8'));
    if (isAtLeast(engine, 'terraform', 1, 15)) {
      expect(await work.run('fmt', '-check', '-diff', example)).toMatchObject({ code: 0, text: '' });
    }
    const { stdout } = await work.run('query', '-no-color');
    expect(stdout.match(/^list\.domo_api_client\.unmanaged .* etl-\d+ \(\d+\)$/gm)).toHaveLength(10);
  });

  it.concurrent('several blocks cost one list, and say what limit leaves out', async () => {
    const domo = await openDomo();
    fill(domo, 40);
    const block = (label: string, ...lines: string[]) =>
      `list "domo_api_client" "${label}" {\nprovider = domo\n${lines.join('\n')}\n}\n`;
    const { work } = await setUp('', { engine, domo });
    work.write(
      'some.tfquery.hcl',
      block('few', 'limit = 3', 'config {', 'name_regex = "^etl-"', 'owner_ids = ["42"]', '}') +
        block('none', 'limit = 0') +
        block('some', 'limit = 2', 'include_resource = true', 'config {', 'scopes_all = ["user"]', '}'),
    );
    const { code, text, stdout } = await work.run('query', '-no-color');
    expect(code).toBe(0);
    expect(stdout.match(/^list\.domo_api_client\.few .*$/gm)).toHaveLength(3);
    expect(stdout.match(/^list\.domo_api_client\.some .*$/gm)).toHaveLength(2);
    expect(text).toContain('Warning: 10 clients match, and limit is 3');
    expect(text).toContain('Warning: 20 clients match, and limit is 2');
    expect(lists(domo)).toBe(1);
    const json = await work.run('query', '-json');
    for (const { clientId } of domo.clients.values()) expect(json.stdout).not.toContain(clientId);
  });

  it.concurrent('each instance has its own list, and what is written says which it is', async () => {
    const [acme, emea, jp] = [await openDomo(), await openDomo(), await openDomo()];
    for (const [index, domo] of [acme, emea, jp].entries()) {
      for (let more = 0; more <= index; more++) domo.add({ name: `etl-${index}-${more}` });
    }
    const pointed = ({ url, token }: FakeDomo) => `base_url = "${url}"\naccess_token = "${token}"`;
    const { work } = await setUp('', {
      engine,
      domo: acme,
      provider: `instance = "acme"\n${pointed(acme)}\ninstances = {\nemea = {\n${pointed(emea)}\n}\njp = {\n${pointed(jp)}\n}\n}`,
      env: () => ({}),
    });
    work.write(
      'all.tfquery.hcl',
      `list "domo_api_client" "home" {\nprovider = domo\n}
       list "domo_api_client" "abroad" {
         for_each = toset(["emea", "jp"])
         provider = domo
         config {
           instance = each.key
         }
       }\n`,
    );
    const { code, text } = await work.run('query', '-no-color', '-generate-config-out=clients.tf');
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('etl-2-2 (') });
    const written = work.read('clients.tf');
    const instances = written
      .split(/^(?=resource )/m)
      .slice(1)
      .map((each) => [each.match(/ name += "etl-(\d)/)?.[1], each.match(/^ {2}instance += (.*)$/m)?.[1]]);
    expect(instances.sort()).toEqual([
      ['0', undefined],
      ['1', '"emea"'],
      ['1', '"emea"'],
      ...Array(3).fill(['2', '"jp"']),
    ]);
    expect((await work.run('plan', '-no-color')).text).toContain(onlyImports(6));
    await work.apply();
    expect(await work.plan()).toBe('empty');
  });
});
