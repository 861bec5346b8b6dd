import { removeTempFolders } from '../support/temp';
import { driftWith, machines } from './drift-fake-engine';
import { client, drift, failedCheck, failure, ownerInactive, plan, unmanaged } from './drift-plans';

afterAll(removeTempFolders);

/** What a client may be called by somebody who means ill. */
const names = [
  '##[error]gone',
  'x ##vso[task.setvariable variable=a]b ###[group]c',
  '::error::gone',
  'a\n  ::add-mask::a\n##[endgroup]',
  '\u001b[2Ka\u001b[1A\u009b2K',
  'section_start:1560896352:a[collapsed=true]\r\u001b[0Kb',
  ':::warning file=a::b:',
  'see www.evil.example or WwW.evil.example',
  'https://evil.example/a?b=c',
  'write to a@evil.example',
  '@everyone and @acme/admins',
  'fixes #12, acme/domo#34, GH-56 and !7 ~bug %1 $2 &3',
  '[click](//evil.example "x") ![x](y)',
  '<a href="//evil.example">x</a><!-- ',
  '&#64;everyone &commat;all',
  '`code` ``more`` @x',
  '```\nfence',
  'a | b \\| c \\',
  '/close\n/assign me',
  '*b* _c_ ~~d~~ > e',
  '\u202egpj.exe\u2066\u200e',
  'ze\u200bro\ufeff\u2060\u00ad wi\u{e0041}dth',
  'a\u2028b\u0085c\u000bd',
  ']]>&amp;"\'',
];

/** Each of them wherever a report shows it. */
const play = {
  plan: plan({
    ...unmanaged(names.map((name, index) => client(name, { id: String(100 + index) }))),
    resource_drift: names.flatMap((name, index) => [
      drift(`domo_api_client.a[${JSON.stringify(name)}]`, ['delete'], client(name, { scopes: [name] })),
      drift(`domo_api_client.b[${index}]`, ['update'], client(name), client('b', { scopes: [name] })),
    ]),
    resource_changes: names.map((name) => ({
      address: `domo_api_client.c[${JSON.stringify(name)}]`,
      previous_address: name,
      change: { actions: ['no-op'] },
    })),
    output_changes: Object.fromEntries(names.map((name) => [name, { actions: ['create'] }])),
    checks: [failedCheck('names', ...names)],
  }),
  events: names.map((name) => failure(name, `The client "${name}" is gone.`, { address: name })),
  ends: 1,
};

/** A control character that is no line break, or one that cannot be seen or turns round what can. */
const unseen = /[^\P{C}\n]|[\u2028\u2029\u200b-\u200f]/u;

const lineStarts = (text: string) => text.split('\n').map((line) => line.trimStart());

/** What is left of a line of Markdown without its code. */
function proseOf(line: string): string {
  const parts = line.split('`');
  expect(parts.length % 2).toBe(1);
  return parts.filter((_, index) => index % 2 === 0).join('');
}

describe.each(machines('awk'))('a name that means ill, with %s', (_, machine) => {
  const running = driftWith(play, machine, { args: ['--', '-target=@x www.y ::z::'] });

  it('is no command to what runs the pipeline, and no link or mention', async () => {
    const { code, stdout, stderr, markdown, junit, json } = await running;
    expect([code, stderr]).toEqual([1, '']);
    expect(json.errors).toHaveLength(names.length);
    for (const text of [stdout, markdown, junit]) {
      expect(text).not.toMatch(/::|##\[|##vso|@|www\.|:\/\/|\]\(/i);
      expect(text).not.toMatch(unseen);
    }
    const own =
      /^(Could not tell|- (could not tell|revoked|changed|unmanaged|failed check|not applied|moved|out|partial)|\| |$)/;
    for (const line of lineStarts(stdout)) expect(line).toMatch(own);
  });

  it('is only code in Markdown', async () => {
    const { markdown } = await running;
    expect(markdown).not.toMatch(/<[^/bs]|#\d/);
    for (const line of markdown.split('\n')) {
      // What the report writes itself.
      const prose = proseOf(line).replace(/^## |<br>|<\/?sub>| \[\]/g, '');
      expect(prose).not.toMatch(/[@#<>[\]_~!$%&\\]|www|:\/\//i);
      expect(line).toMatch(/^($|## |[-|] |\|---|<sub>|Something went wrong|Not drift:)/);
      if (line.startsWith('| ')) expect(line.split('|')).toHaveLength(6);
    }
  });

  it('is text in XML', async () => {
    const { junit } = await running;
    expect(junit.replace(/&(amp|lt|gt|quot|#10);/g, '')).not.toMatch(/&/);
    const tags = junit.replace(/<\/?(testsuites?|testcase|failure|error|skipped)( \w+="[^"<]*")*\/?>/g, '');
    expect(tags.replace('<?xml version="1.0" encoding="UTF-8"?>', '')).not.toMatch(/[<>]/);
  });

  it('is the same again for a program', async () => {
    const { json } = await running;
    const shown = json.findings.filter(({ kind }) => kind === 'unmanaged').map(({ name }) => name);
    expect(shown).toEqual(names);
    expect(json.errors.map(({ address }) => address)).toEqual(names);
    expect(json.errors.map(({ message }) => message)).toEqual(
      names.map((name) => `${name}: The client "${name}" is gone.`),
    );
    const check = json.findings.find(({ kind }) => kind === 'check');
    expect(check?.message).toBe(names.join('\n'));
  });

  it('is a label at most in the block that imports its client', async () => {
    const { json } = await running;
    const blocks = json.findings.flatMap(({ import_block }) => import_block ?? []);
    expect(blocks).toHaveLength(names.length);
    const labels = blocks.map((block, index) => {
      const [, label = ''] =
        /^import \{\n {2}provider = domo\n {2}to {7}= domo_api_client\.([a-z][a-z0-9_]*)\n/.exec(block) ?? [];
      expect(block).toMatch(new RegExp(`${label}\n  id       = "id:${100 + index}"\n}$`));
      return label;
    });
    expect(new Set(labels).size).toBe(names.length);
  });
});

it.each([
  [`\${a} %{b} "c" \\ d`, 'a_b_c_d', `name:$\${a} %%{b} \\"c\\" \\\\ d`],
  ['two\nlines @x', 'two_lines_x', 'name:two\\nlines \\u0040x'],
  ['日本', 'client', 'name:日本'],
  ['2 keys', 'client_2_keys', 'name:2 keys'],
])('without an id %j is quoted as the configuration language does', async (name, label, id) => {
  const { json } = await driftWith({ plan: plan(unmanaged([name])) }, { reader: 'node' });
  const [{ import_block } = {}] = json.findings;
  expect(import_block).toBe(
    `import {\n  provider = domo\n  to       = domo_api_client.${label}\n  id       = "${id}"\n}`,
  );
});

it('without an id a name with half characters has no block', async () => {
  const { json } = await driftWith({ plan: plan(unmanaged(['a\u{e0041}'])) }, { reader: 'node' });
  expect(json.findings).toEqual([expect.not.objectContaining({ import_block: expect.anything() })]);
});

it('a client whose owner is inactive is a finding, with its owner and its scopes, and nothing to import', async () => {
  const owner = {
    name: 'Bob',
    email: 'bob@example.com',
    active: false,
    last_activity: '2026-03-14T09:00:00Z',
  };
  const left = client('::error::gone', { owner_id: '12', owner });
  const { code, json, markdown, junit } = await driftWith(
    { plan: plan(ownerInactive([left])) },
    { reader: 'node' },
  );
  expect(code).toBe(2);
  expect(json.findings).toEqual([
    {
      kind: 'owner-inactive',
      name: '::error::gone',
      id: '7',
      scopes: ['data', 'user'],
      message: 'Owner: user 12, last active 2026-03-14T09:00:00Z.',
    },
  ]);
  expect(markdown).toContain('| **owner inactive** |');
  expect(junit).toContain('classname="drift.owner-inactive"');
  expect(markdown + junit + JSON.stringify(json)).not.toMatch(/bob@|\\u0040|Bob/);
});
