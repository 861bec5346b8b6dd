import { type Engine, engines } from '../support/terraform';
import { openDomo, setUp, tearDown } from './setup';

afterAll(tearDown);

const names = [
  'sales-export',
  'Sales (old)',
  'SALES.2026-11',
  'Größe',
  'STRASSE straße',
  'Ωmega ωmega σς',
  'two\nlines',
  ' blanks\t',
  'v42',
  'a.b',
  'axb',
  'aaa',
  'aaaa',
  '\u{1f511} key',
  'kK\u212a sS\u017f',
  '[brackets] {braces} a|b ^$ \\E',
  '日本',
  'under_score',
  `long ${'x'.repeat(1000)}`,
  'a{,2}',
];

/** Every kind of syntax, and what is none; each is asked of Terraform's own function and of the provider. */
const patterns = [
  '',
  'sales',
  '^sales-',
  '(?i)^SALES',
  '(?i:sales)-export',
  '(?-i)Sales',
  '(?i)ss',
  '(?i)ω',
  '(?i)k{3}',
  '(?i)[k]{2}',
  '(?i)[^k]',
  '^(?i)s(?-i)a',
  'o.l',
  '(?s)o.l',
  '^lines$',
  '(?m)^lines$',
  '(?ms)^t.*s$',
  '(?U)a+',
  '(?i-s:.)$',
  '\\Atwo',
  'lines\\z',
  'lines\\Z',
  '\\bold\\b',
  '\\Bl',
  '[[:digit:]]',
  '[[:^ascii:]]',
  '[^[:word:]]',
  '[[:foo:]]',
  '\\d\\d-',
  '\\D$',
  '^\\s',
  '\\w{11}',
  '\\W',
  '\\pL',
  '^\\PL',
  '\\p{Greek}',
  '\\p{^Latin}',
  '\\P{Han}',
  '\\p{Lu}{2}',
  '[\\p{Nd}\\-]{3}',
  '\\pX',
  '\\p{Klingon}',
  '\\Qa.b\\E',
  '\\Q[brackets',
  '\\Qa|b ^$ \\\\E',
  'a\\.b|\\(old',
  '\\x41|\\x{1F511}',
  '\\101',
  '\\x{110000}',
  '\\xZZ',
  '\\_',
  '\\h',
  '\\R',
  '\\C',
  '\\u00df',
  '\\1',
  '(a)\\1',
  '(a|x)+b',
  '^(a+)+$',
  '^(a|aa)+$',
  '(x+x+)+y',
  'a{3}',
  '^a{4,}$',
  '^a{1,3}$',
  'x{1000}',
  'x{1001}',
  'a{3,1}',
  'a{,2}',
  '(a{10}){10}',
  '(a{100}){100}',
  '((a{1000}){1000})',
  'a**',
  'a*+',
  'a+?',
  'a{2}{3}',
  '*a',
  '+',
  '|',
  'a||b',
  '()',
  '(?:)',
  '(',
  ')',
  '(?',
  '(?P<team>sales)-(?P<what>\\w+)',
  '(?P<a b>x)',
  '(?P<>x)',
  '(?P=team)',
  '(?P>team)',
  '(?=a)',
  '^(?!test-)',
  '(?<=a)b',
  '(?<!a)b',
  '(?>a)',
  '(?#comment)a',
  '(?x) a',
  '[',
  '[]',
  '[]a]',
  '[^]a]b',
  '[a-',
  '[a-]x',
  '[b-a]',
  '[\\d-z]',
  '[\\Qa\\E]',
  '[[.a.]]',
  '}',
  ']',
  '\\',
  '^*',
  '$^',
  '(?:^|-)export$',
  `${Array.from({ length: 500 }, (_, index) => `team-${index}`).join('|')}|v42`,
];

const configuration = `
variable "patterns" {
  type = list(string)
}
variable "names" {
  type = list(string)
}
locals {
  accepted = { for index, it in var.patterns : index => it if can(regexall(it, "")) }
}
data "domo_api_clients" "it" {
  for_each   = local.accepted
  name_regex = each.value
}
output "both" {
  value = {
    for index, it in local.accepted : index => {
      terraform = [for name in var.names : name if length(regexall(it, name)) > 0]
      provider  = data.domo_api_clients.it[index].names
    }
  }
}
`;

const refused = `
data "domo_api_clients" "refused" {
  for_each   = { for index, it in var.patterns : index => it if !can(regexall(it, "")) }
  name_regex = each.value
}
`;

type Matches = Readonly<Record<'terraform' | 'provider', readonly string[]>>;

describe.each(engines())('with $name', (engine: Engine) => {
  it("matches and refuses what Terraform's own function does", async () => {
    const domo = await openDomo({});
    for (const name of names) domo.add({ name });
    const { work } = await setUp(configuration, {
      engine,
      domo,
      files: { 'the.auto.tfvars.json': JSON.stringify({ patterns, names }) },
    });
    await work.apply();
    const both = Object.entries((await work.output('both')) as Record<string, Matches>);
    expect(both.length).toBeGreaterThan(60);
    const found = (by: keyof Matches) =>
      both.map(([index, matches]) => [patterns[Number(index)], matches[by]]);
    expect(found('provider')).toEqual(found('terraform'));

    work.write('refused.tf', refused);
    const { code, text } = await work.run('plan', '-no-color');
    expect(code).toBe(1);
    const wrong = patterns.length - both.length;
    expect(wrong).toBeGreaterThan(30);
    expect(text.match(/Error: Invalid name_regex/g)).toHaveLength(wrong);
  });

  // By backtracking this would take longer than anybody lives, and no signal would end it.
  it('matches a hostile expression against a long name, and says which name costs too much', async () => {
    const domo = await openDomo({});
    domo.add({ id: 7, name: `${'a'.repeat(1_000_000)}!` });
    const filtered = (regex: string) =>
      `data "domo_api_clients" "it" {\n  name_regex = "${regex}"\n}\noutput "it" {\n  value = data.domo_api_clients.it.ids\n}\n`;
    const { work } = await setUp(filtered('^(a+)+$'), { engine, domo });
    await work.apply();
    expect(await work.output('it')).toEqual([]);

    work.write('main.tf', filtered('(([ab]a?){0,900}[cd])|!$'));
    const { code, text } = await work.run('plan', '-no-color');
    expect(code).toBe(1);
    expect(text.replace(/[\s│]+/g, ' ')).toMatch(
      /Matching a name takes too long.*the object with the id 7 \(1000001 characters\)/,
    );
  });
});
