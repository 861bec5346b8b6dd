import type { ListedClient } from '../../../provider/domo/api/records';
import { isRegex, matching } from '../../../provider/domo/name-regex';

const client = (name: string, id = '1'): ListedClient => ({
  id,
  name,
  description: '',
  scopes: ['data'],
  clientId: null,
  ownerId: null,
  created: null,
});
const never = new AbortController().signal;
const isFound = async (regex: string, name: string) =>
  (await matching([client(name)], regex, never)).length === 1;

describe('a regular expression', () => {
  it.each<[string, string, boolean]>([
    ['', 'anything', true],
    ['(?i:SALES)-x', 'sales-x', true],
    ['(?i:SALES)-X', 'sales-x', false],
    ['(?i)straße', 'STRAßE', true],
    ['(?s)a.b', 'a\nb', true],
    ['a.b', 'a\nb', false],
    ['(?m)^b$', 'a\nb', true],
    ['^b$', 'a\nb', false],
    ['\\Ab', 'ab', false],
    ['a\\z', 'a\n', false],
    ['[[:digit:]]{2}', 'v42', true],
    ['[[:digit:]]', 'digit', false],
    ['^\\pL+$', 'Größe', true],
    ['\\p{Greek}', 'sigma σ', true],
    ['\\PL', 'abc', false],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['(?P<team>sales)', 'sales', true],
    ['(?<team>sales)', 'sales', true],
    ['\\x{1F511}', '\u{1f511}', true],
    ['^.$', '\u{1f511}', true],
    ['a{,2}', 'a', false],
    ['a{1000}', 'a'.repeat(1000), true],
    ['\\w', 'é', false],
    ['\\bjob\\b', 'the job!', true],
  ])('%j says of %j: %j', async (regex, name, found) => {
    expect(isRegex.check(regex)).toBeUndefined();
    expect(await isFound(regex, name)).toBe(found);
  });

  it.each([
    ['sales (', 'missing closing )'],
    ['^(?!test-)', '(?!'],
    ['(?<=a)b', '(?<'],
    ['(a)\\1', '\\1'],
    ['\\C', '\\C'],
    ['\\h', '\\h'],
    ['\\x{110000}', '\\x{110000'],
    ['\\p{Nonsense}', '\\p{Nonsense}'],
    ['[[:letters:]]', '[:letters:]'],
    ['a**', '**'],
    ['*a', 'missing argument'],
    ['a{1001}', '{1001}'],
    ['((a{1000}){1000})', '{1000}'],
    ['(?P<n>a)(?P<n>b)', 'duplicate'],
    ['(?P<a b>a)', '(?P<a b>'],
    ['a\\', 'trailing backslash'],
    ['[b-a]', 'b-a'],
  ])('%j is refused, which says %j', (regex, why) => {
    expect(isRegex.check(regex)).toContain(`"${regex}" is invalid: `);
    expect(isRegex.check(regex)).toContain(why);
  });

  it.each([
    ['repeats what is long', `(?:${'ab'.repeat(100)}){1000}`],
    ['repeats alternatives', `(?:${'(ab|cd|)'.repeat(50)}){1000}`],
    ['is long', 'ab?'.repeat(50_000)],
    ['folds the case of wide ranges', `(?i)${'[B-\u{1e000}]'.repeat(3000)}`],
  ])('that %s is refused without being quoted at length', (_, regex) => {
    const started = process.cpuUsage();
    const complaint = isRegex.check(regex) ?? '';
    const { user } = process.cpuUsage(started);
    expect(complaint).toContain('it is too large');
    expect(complaint.length).toBeLessThan(300);
    // It takes the half second of the limit, and a minute and more without.
    expect(user / 1e6).toBeLessThan(20);
  });
});

describe('names', () => {
  const ids = async (names: readonly string[], regex: string | null) => {
    const clients = names.map((name, index) => client(name, String(index)));
    return (await matching(clients, regex, never)).map(({ id }) => id);
  };

  it('are found in their order, and all without an expression', async () => {
    expect(await ids(['ab', 'c', 'a'], 'a')).toEqual(['0', '2']);
    expect(await ids(['ab', 'c'], null)).toEqual(['0', '1']);
  });

  // Backtracking would take longer than the universe has lasted.
  it('are matched in linear time', async () => {
    const started = process.cpuUsage();
    expect(await isFound('^(a+)+$', `${'a'.repeat(1_000_000)}!`)).toBe(false);
    expect(await isFound('(x+x+)+y', 'x'.repeat(1_000_000))).toBe(false);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(40);
  });

  /** Work of some hundred ms. */
  const many = Array.from({ length: 500 }, () => client('ab'.repeat(20_000)));
  const alternating = '^([ab]b?)+$';

  it('let others have their turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    expect(await matching(many, alternating, never)).toHaveLength(many.length);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it('are not matched any longer once the operation is given up', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 1);
    await expect(matching(many, alternating, stop.signal)).rejects.toThrow('enough');
  });

  it('that cost too much are an error, which names the client', async () => {
    const name = Array.from({ length: 200_000 }, (_, i) => 'ab'[(i * i * 7919 + (i >> 3)) % 2]).join('');
    const clients = [client('short', '7'), client(`${name}c`, '12')];
    await expect(matching(clients, '(([ab]a?){0,900}[cd]){1}x|c', never)).rejects.toThrow(
      /id 12 \(200001 characters\)/,
    );
  });
});
