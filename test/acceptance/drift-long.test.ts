import { removeTempFolders } from '../support/temp';
import { driftWith, machines } from './drift-fake-engine';
import { client, drift, failure, plan } from './drift-plans';

afterAll(removeTempFolders);

/** What GitHub takes; it may count the end of a line as two characters. */
const most = 65_536;
const counted = (markdown: string) => Buffer.byteLength(markdown.replace(/\n/g, '\r\n'));

const revoked = (count: number, name: (index: number) => string) =>
  plan({
    resource_drift: Array.from({ length: count }, (_, index) =>
      drift(`domo_api_client.x["${index}"]`, ['delete'], client(name(index), { id: String(index) })),
    ),
  });

const rows = (markdown: string) => markdown.split('\n').filter((line) => line.startsWith('| **'));
const isWhole = (line: string) => /^\| \*\*revoked\*\* \| `.*` \(id `\d+`\) \| `.*` \| .*\. \|$/.test(line);
const leftOut = /^\*\*This report is cut:\*\* (\d+) of (\d+) lines are omitted, .* 65,536 characters\./m;

describe.each(machines('awk'))('a long report, with %s', (_, machine) => {
  it.each([
    ['plain', (index: number) => `client-${index}`],
    ['other letters', (index: number) => `${'日本語'.repeat(9)}😀${index}`],
  ])('is cut at a whole line with %s names, and says so', async (_, name) => {
    const { code, markdown, json, junit } = await driftWith({ plan: revoked(700, name) }, machine);
    expect(code).toBe(2);
    expect(counted(markdown)).toBeLessThanOrEqual(most);
    expect(counted(markdown)).toBeGreaterThan(most - 1_500);
    const shown = rows(markdown);
    expect(shown.filter(isWhole)).toEqual(shown);
    const [, missing, all] = leftOut.exec(markdown) ?? [];
    expect([Number(missing), Number(all)]).toEqual([700 - shown.length, 700]);
    expect(markdown).toMatch(/<\/sub>\n$/);
    expect(json.findings).toHaveLength(700);
    expect(junit.match(/<failure /g)).toHaveLength(700);
  });

  it('is not cut where there is room', async () => {
    const { markdown } = await driftWith({ plan: revoked(300, String) }, machine);
    expect(rows(markdown)).toHaveLength(300);
    expect(markdown).not.toContain('This report is cut');
  });

  it('has no heading above nothing', async () => {
    const events = [failure('Long', 'x'.repeat(70_000))];
    const { code, markdown } = await driftWith({ plan: revoked(3, String), events, ends: 1 }, machine);
    expect(code).toBe(1);
    expect(counted(markdown)).toBeLessThanOrEqual(most);
    expect(markdown).toMatch(/^## Could not tell: `governance`\n\n\*\*This report is cut:\*\* 4 of 4 lines/);
  });
});
