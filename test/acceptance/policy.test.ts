import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { domoMirror } from '../support/provider-build';
import { skipped } from '../support/skipped';
import { type Engine, engines, firstEngine, workspace } from '../support/terraform';
import { examples } from './examples-support';
import { openDomo, pointedAt, setUp, tearDown } from './setup';

afterAll(tearDown);

/** What the rules say of them. */
const messages = [
  'Rename: no-team.',
  'Add it to: sales-ownerless.',
  'sales-unknown: ',
  'Did you mean "dashboard"?',
  'ask for fewer: sales-greedy.',
  'Split it in two: it-both.',
];

/** Text as a person reads it, whatever width Terraform has broken it to. */
const plain = (text: string) => text.replace(/[\s│╷╵]+/g, ' ');

const policy = join(examples, 'policy/opa');
const opa = process.env.OPA ?? 'opa';
const hasOpa = spawnSync(opa, ['version']).status === 0;
const run = (...args: string[]) => spawnSync(opa, args, { encoding: 'utf8' });

/** Each breaks one rule, and is named after it. */
const wrong = {
  'no-team': { scopes: ['data'] },
  'sales-ownerless': { description: 'Reads. Owner: Jane', scopes: ['data'] },
  'sales-unknown': { scopes: ['dashbord'] },
  'sales-greedy': { scopes: ['data', 'dashboard', 'buzz', 'audit'] },
  'it-both': { scopes: ['USER', 'data'] },
};
const clients = Object.fromEntries(
  Object.entries(wrong).map(([name, client]) => [
    name,
    { description: 'Reads. Owner: a@example.com', ...client },
  ]),
);

it.each(engines())(
  'the validations refuse what breaks a rule, each by name, with $name',
  async (engine: Engine) => {
    const domo = await openDomo();
    const copyOf = join(examples, 'policy');
    const work = workspace({ engine, copyOf, mirrors: [domoMirror()], env: pointedAt(domo) });
    await work.init();
    // OpenTofu shows the first rule that is broken, Terraform all of them.
    const plans = engine.name.startsWith('tofu')
      ? Object.entries(clients).map((entry) => Object.fromEntries([entry]))
      : [clients];
    const said: string[] = [];
    for (const each of plans) {
      work.write('wrong.auto.tfvars.json', JSON.stringify({ clients: each }));
      const { code, text } = await work.run('plan', '-no-color', '-input=false');
      expect(code).toBe(1);
      said.push(plain(text));
    }
    for (const message of messages) expect(said.join(' ')).toContain(message);
    expect(domo.requests).toEqual([]);
  },
);

it('the policy for the JSON of a plan passes its own tests', () => {
  if (!hasOpa) {
    skipped('the tests of the policy', 'opa is not installed');
    return;
  }
  const { status, stdout } = run('test', policy);
  expect([status, stdout]).toEqual([0, expect.stringContaining('PASS: 11/11')]);
});

it('the policy refuses the same clients in a plan that nothing has validated', async () => {
  if (!hasOpa) {
    skipped('the policy on a plan', 'opa is not installed');
    return;
  }
  const { 'sales-unknown': _, ...known } = clients;
  const blocks = { ...known, 'it-good': { description: 'Owner: a@example.com', scopes: ['user'] } };
  const { work } = await setUp(
    `resource "domo_api_client" "a" {\n for_each = jsondecode(<<EOT\n${JSON.stringify(blocks)}\nEOT\n)\n name = each.key\n description = each.value.description\n scopes = each.value.scopes\n}\n`,
    { engine: firstEngine() },
  );
  work.write('plan.json', JSON.stringify(await work.planJson()));
  const input = join(work.folder, 'plan.json');
  const { stdout } = run(
    'eval',
    '--format=json',
    `--data=${policy}`,
    `--input=${input}`,
    'data.domo.clients.deny',
  );
  const [{ expressions: [{ value = [] } = {}] = [] } = {}] = JSON.parse(stdout).result;
  expect(value).toEqual([
    'domo_api_client.a["it-both"]: these scopes must not be together: data, user',
    'domo_api_client.a["no-team"]: the name "no-team" is not a team, a hyphen and the use',
    'domo_api_client.a["sales-greedy"]: 4 scopes, and only 3 are allowed',
    'domo_api_client.a["sales-ownerless"]: the description does not end with the address of the owner',
  ]);
});
