import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { removeTempFolders } from '../support/temp';
import { driftWith, machines, variants } from './drift-fake-engine';
import { client, drift, plan } from './drift-plans';
import { kit } from './drift-support';

afterAll(removeTempFolders);

const target = 'domo_api_client.x["one"]';

describe.each(variants('awk'))('what %s says of the options of "plan"', (awk) => {
  const [program = '', ...words] = awk.split(' ');
  function ask(setting: string, args: readonly string[], env: Record<string, string> = {}) {
    const all = [...words, '-v', setting, '-f', join(kit, 'options.awk'), ...args];
    const surroundings = { PATH: process.env.PATH, ...env };
    const { status, stdout, stderr } = spawnSync(program, all, { encoding: 'utf8', env: surroundings });
    expect(status).toBe(0);
    return { stdout: stdout.slice(0, -1), stderr };
  }
  const sorted = (...args: string[]) =>
    ['other', 'part'].map((wanted) => ask(`wanted=${wanted}`, ['--', ...args]).stdout);

  it.each([
    '-refresh=false',
    '--refresh=false',
    '-refresh=0',
    '-refresh=f',
    '--refresh=FALSE',
    '-refresh=',
    '-refresh=no',
    '-destroy',
    '--destroy',
    '-destroy=true',
    '-destroy=1',
    '--destroy=T',
  ])('%s asks another question', (option) => {
    const [name = ''] = /(?<=-)\w+/.exec(option) ?? [];
    expect(sorted('-no-color', '-var', 'a=b', option, '-refresh')).toEqual([`-${name}`, '']);
  });

  it.each([
    [[`-target=${target}`], `-target=${target}`],
    [['--target', target], `-target=${target}`],
    [['-replace=a.b', '-exclude', 'c.d'], '-replace=a.b -exclude=c.d'],
    [['-refresh-only'], '-refresh-only'],
    // Nobody knows what is in the values of what is not known.
    [['-target-file=/secret', '-var', '-x=y'], '-target-file -x'],
    [['-target=a.b\n::error::x\\n'], '-target=a.b\n::error::x\\n'],
  ])('%j asks about a part', (args, because) => {
    expect(sorted(...args)).toEqual(['', because]);
  });

  it.each([
    [[]],
    [['-refresh', '-refresh=true', '-refresh=1', '-refresh=T']],
    [['-destroy=false', '-destroy=0', '-refresh-only=false']],
    [['-var-file=a b', '-var', 'x=-destroy', '-state=x', '-lock-timeout=5m', '--no-color', '-', '--']],
  ])('%j leaves the question as it is', (args) => {
    expect(sorted(...args)).toEqual(['', '']);
  });

  it.each([
    ['-refresh=false', '', '-refresh'],
    ['-target=a -lock-timeout=5m', '-lock-timeout=5m', '-target'],
    [`--target '${target}' -var x=1`, '-var x=1', '-target'],
    ["-var-file='a b.tfvars' '-ref'resh=0", "-var-file='a b.tfvars'", '-refresh'],
    ['\\-destroy\t-no-color\n-parallelism=2', '-no-color -parallelism=2', '-destroy'],
    ['-var "a=it\'s -destroy" -exclude=b', '-var "a=it\'s -destroy"', '-exclude'],
    ['-var=a=\\"b\\ c -replace a.b', '-var=a=\\"b\\ c', '-replace'],
    ['-refresh-only -state=x -compact-warnings', '-state=x -compact-warnings', '-refresh-only'],
    ['-invoke action.a -input=false', '-input=false', '-invoke'],
    ['-refresh=true -destroy=0 -no-color', '-refresh=true -destroy=0 -no-color', undefined],
    ['-var="never ended -destroy', '-var="never ended -destroy', undefined],
    ['', '', undefined],
  ])('%j in the environment is taken for %j', (given, kept, leftOut) => {
    const said = ask('variable=TF_CLI_ARGS', [], { TF_CLI_ARGS: given });
    const complaint = leftOut ? `drift.sh: ${leftOut} in TF_CLI_ARGS is ignored\n` : '';
    expect(said).toEqual({ stdout: kept, stderr: complaint });
  });
});

describe.each(machines('sh'))('the options of the plan, with %s', (_, machine) => {
  const found = { plan: plan({ resource_drift: [drift('domo_api_client.x', ['delete'], client('x'))] }) };
  const run = (args: string[], env: Record<string, string> = {}) =>
    driftWith(found, machine, { args: args.length > 0 ? ['--', ...args] : [], env });

  it.each(['-refresh=0', '--destroy'])('refuses %s', async (option) => {
    const { code, json, calls, stdout } = await run(['-no-color', option]);
    expect([code, json.result, calls]).toEqual([1, 'could-not-tell', []]);
    expect(stdout).toMatch(/: -(refresh|destroy) cannot be passed on: a plan without a refresh, or for a /);
  });

  it('says that it looked at a part', async () => {
    const args = ['-target', target, '-exclude=a.b\n::error::x'];
    const { code, json, stdout, markdown, junit, calls } = await run(args);
    expect([code, json.partial]).toEqual([2, true]);
    expect(calls[0]?.args).toEqual(expect.arrayContaining(args));
    const message = `-target=${target} -exclude=a.b\n::error::x`;
    expect(json.not_drift).toEqual([{ kind: 'partial', message }]);
    expect(stdout).toMatch(/^Drift \(partial\): governance\n/);
    expect(stdout).not.toContain('::error');
    expect(markdown).toMatch(/^## Drift \(partial\): `governance`\n/);
    expect(markdown).toContain('- partial: only part of the configuration was checked, because of `-target');
    expect(junit).toContain('<skipped message="not checked">partial: only part');
  });

  it('passes on the others, and lets none override its own', async () => {
    const args = [
      '-var-file=a b.tfvars',
      '-lock=true',
      '-json=false',
      '-detailed-exitcode',
      '-out=elsewhere',
    ];
    const { code, json, calls } = await run(args);
    expect([code, json.partial, json.not_drift]).toEqual([2, false, []]);
    const [command, ...given] = calls[0]?.args ?? [];
    const own = ['-refresh=true', '-destroy=false', '-json', '-input=false', '-detailed-exitcode=false'];
    expect([command, ...given.slice(0, -1)]).toEqual(['plan', '-lock=false', ...args, ...own]);
    expect(given.at(-1)).toMatch(/^-out=\/.*\/plan$/);
  });

  it('takes from the environment what leaves the question as it is', async () => {
    const { code, json, calls, stderr } = await run([], {
      TF_CLI_ARGS: '-var=a=1 -refresh=false',
      TF_CLI_ARGS_plan: '-no-color -target=x',
      TF_CLI_ARGS_show: '-var=b=2 -destroy',
    });
    expect([code, json.partial]).toEqual([2, false]);
    expect(calls.map(({ args }) => args[0])).toEqual(['plan', 'show']);
    const env = { TF_CLI_ARGS_plan: '-no-color -var=a=1', TF_CLI_ARGS_show: '-var=b=2' };
    expect(calls.map((call) => call.env)).toEqual([env, env]);
    expect(stderr.split('\n')).toEqual([
      'drift.sh: -refresh in TF_CLI_ARGS is ignored',
      'drift.sh: -target in TF_CLI_ARGS_plan is ignored',
      'drift.sh: -destroy in TF_CLI_ARGS_show is ignored',
      '',
    ]);
  });
});
