import { readFileSync } from 'node:fs';
import { help } from '../../examples/sandbox/options';
import { createQuirks } from '../../examples/sandbox/quirks';
import { parseSeed } from '../../examples/sandbox/seed';
import { sandbox } from './test-sandbox';

const guide = readFileSync('docs/guides/sandbox.md', 'utf8');

/** What stands in the first cells of the table below a heading. */
function firstCells(heading: string): string[] {
  const [, section = ''] = guide.split(`\n## ${heading}\n`);
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => /^\| `/.test(line));
  return rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
}

it('names every option and its variable', () => {
  const options = [...help.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, name = '']) => name);
  expect(
    firstCells('Options')
      .map((cell) => cell.split(' ')[0])
      .filter((cell) => cell?.startsWith('--'))
      .sort(),
  ).toEqual(options.sort());
  for (const [, variable = ''] of help.matchAll(/ ([A-Z_]{4,})(?:=1)?$/gm))
    expect(guide).toContain(`\`${variable}`);
});

it('names every quirk', () => {
  expect(firstCells('Quirks').sort()).toEqual(Object.keys(createQuirks().now()).sort());
});

it('names faults that exist, and all of them', async () => {
  const domo = await sandbox();
  const values: Record<string, unknown> = {
    method: 'GET',
    path: '/',
    count: 1,
    status: 500,
    body: {},
    retryAfter: 1,
    after: true,
    delay: 1,
    drop: 'after',
    corrupt: 'html',
    blocked: 'page',
  };
  const named = firstCells('Faults');
  expect(named.sort()).toEqual(Object.keys(values).sort());
  for (const name of named) {
    const body = { [name]: values[name] };
    expect((await domo.call('POST', '/_sandbox/faults', { body })).status).toBe(204);
  }
  await domo.close();
});

it('shows a seed that is one', () => {
  const [, seed = ''] = /```json\n(.*?)\n```/s.exec(guide) ?? [];
  expect(parseSeed(JSON.parse(seed)).clients).toHaveLength(2);
});
