import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { findProgram } from '../../scripts/find-program';
import { startProcess } from '../support/running';
import { removeTempFolders, tempFolder } from '../support/temp';
import { readers } from './drift-support';

const kit = resolve(__dirname, '../../examples/drift');

afterAll(removeTempFolders);

/** A program that writes down how it was called, one line for each call, and prints what the answer says. */
const recorder = (name: string) => `#!/bin/sh
printf '%s' '${name}' >> "$CALLS"
for argument in "$@"; do printf ' <%s>' "$argument" >> "$CALLS"; done
printf '\\n' >> "$CALLS"
case "$*" in *--jq*|*state=opened*) printf '%s' "$OPEN_ISSUE" ;; esac
`;

/** Stands in for the script, which has tests of its own: it writes reports and ends as it is told. */
const script = `#!/bin/sh
echo "drift.sh $* for $DOMO_INSTANCE with $DOMO_ACCESS_TOKEN" >> "$CALLS"
echo '## Report' > drift.md; echo '<testsuites/>' > drift.xml; echo '{}' > drift.json
exit "$ENDS_WITH"
`;

/** A repository with the kit in it, on a machine where everything that leaves it only writes down its calls. */
function repository() {
  const folder = tempFolder('repo');
  const bin = join(folder, 'bin');
  for (const each of [bin, join(folder, 'drift')]) mkdirSync(each);
  const write = (path: string, text: string) => {
    writeFileSync(path, text);
    chmodSync(path, 0o755);
  };
  for (const name of ['terraform', 'gh', 'curl', 'apk']) write(join(bin, name), recorder(name));
  write(join(folder, 'drift/drift.sh'), script);
  const calls = join(folder, 'calls');
  const PATH = `${bin}:${process.env.PATH}`;

  return {
    folder,
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
    async run(shell: string[], text: string, env: Record<string, string>): Promise<number | null> {
      const file = join(folder, 'step');
      writeFileSync(file, text);
      const [program = '', ...options] = shell;
      const path = findProgram(program) ?? program;
      const running = startProcess(path, [...options, file], {
        cwd: folder,
        env: { PATH, CALLS: calls, ...env },
      });
      return (await running.done).code;
    },
  };
}

type Step = {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
};

/** Plays the job as GitHub does: the steps in their order, and after one that failed only those that always run. */
async function github(endsWith: number, openIssue: string) {
  const workflow = parse(readFileSync(join(kit, 'github.yml'), 'utf8'));
  const { env, steps } = workflow.jobs.drift as { env: Record<string, string>; steps: Step[] };
  const repo = repository();
  const [output, summary] = [join(repo.folder, 'output'), join(repo.folder, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const known: Record<string, () => string> = {
    'vars.DOMO_INSTANCE': () => 'acme',
    'secrets.DOMO_DRIFT_TOKEN': () => 'the-token',
    'github.token': () => 'the-github-token',
    'github.repository': () => 'acme/domo',
    'steps.drift.outputs.code': () => /^code=(.*)$/m.exec(readFileSync(output, 'utf8'))?.[1] ?? '',
  };
  const fill = (text: string) =>
    String(text).replace(/\$\{\{ (.*?) \}\}/g, (_, name: string) => known[name]?.() ?? `unknown ${name}`);
  const ran: string[] = [];
  let failed = false;
  for (const step of steps) {
    if (failed && step.if !== 'always()') continue;
    ran.push(step.name ?? basename(step.uses?.split('@')[0] ?? ''));
    if (!step.run) continue;
    const own = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)]),
    );
    const given = { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, OPEN_ISSUE: openIssue };
    const surroundings = { ...env, ...given, ...own, ENDS_WITH: String(endsWith) };
    failed = (await repo.run(['bash', '-e'], step.run, surroundings)) !== 0 || failed;
  }
  const calls = repo.calls().filter((call) => call.startsWith('gh '));
  return { workflow, steps, ran, failed, calls, all: repo.calls(), summary: readFileSync(summary, 'utf8') };
}

const always = ['checkout', 'setup-terraform', 'init', 'drift', 'reports', 'issue', 'result'];
const look =
  'gh <issue> <list> <--label> <drift> <--state> <open> <--limit> <1> <--json> <number> <--jq> <.[].number>';

describe('the workflow for GitHub', () => {
  it('plans with the token of the drift job, and shows the report on the page of the run', async () => {
    const { all, ran, summary, steps } = await github(0, '');
    expect(ran).toEqual(always);
    expect(all.slice(0, 2)).toEqual([
      'terraform <-chdir=governance> <init> <-input=false> <-lockfile=readonly>',
      'drift.sh governance --markdown drift.md --junit drift.xml --json drift.json for acme with the-token',
    ]);
    expect(summary).toBe('## Report\n');
    const { uses, if: when } = steps.find(({ name }) => name === 'reports') ?? {};
    expect([uses, when]).toEqual([expect.stringContaining('upload-artifact'), 'always()']);
  });

  it.each<[string, number, string, boolean, string[]]>([
    ['opens an issue on drift', 2, '', true, ['gh <label> <create>', 'gh <issue> <create>']],
    ['updates the issue that is open', 2, '7', true, ['gh <issue> <edit> <7> <--body-file> <drift.md>']],
    ['closes it when all is well', 0, '7', false, ['gh <issue> <close> <7>']],
    ['leaves it where it could not tell', 1, '7', true, []],
    ['has nothing to do where all was well', 0, '', false, []],
  ])('%s', async (_, endsWith, openIssue, fails, expected) => {
    const { ran, failed, calls } = await github(endsWith, openIssue);
    expect(ran).toEqual(always);
    expect(failed).toBe(fails);
    expect(calls).toEqual([look, ...expected.map((call) => expect.stringContaining(call))]);
  });

  it('may read the code and write issues, and pins what it uses', async () => {
    const { workflow, steps } = await github(0, '');
    expect(workflow.permissions).toEqual({ contents: 'read', issues: 'write' });
    expect(Object.keys(workflow.on)).toEqual(['schedule', 'workflow_dispatch']);
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    const withToken = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('secrets.'));
    expect(withToken.map(({ name }) => name)).toEqual(['drift']);
  });
});

// The job reads GitLab's answers with jq. `readers` says so if it is missing, and fails in CI.
const describeWithJq = readers().includes('jq') ? describe : describe.skip;

describeWithJq('the job for GitLab', () => {
  const { drift } = parse(readFileSync(join(kit, 'gitlab-ci.yml'), 'utf8'));
  const api = 'https://gitlab.example/api/v4';
  const issues = `${api}/projects/12/issues`;

  async function gitlab(endsWith: number, openIssue: string) {
    const repo = repository();
    const text = [...drift.before_script, ...drift.script].join('\n');
    const code = await repo.run(['sh', '-e'], text, {
      ...drift.variables,
      CI_API_V4_URL: api,
      CI_PROJECT_ID: '12',
      DOMO_INSTANCE: 'acme',
      DOMO_ACCESS_TOKEN: 'the-token',
      DRIFT_ISSUE_TOKEN: 'the-issue-token',
      OPEN_ISSUE: openIssue === '' ? '[]' : `[{"iid": ${openIssue}}]`,
      ENDS_WITH: String(endsWith),
    });
    return { code, all: repo.calls(), calls: repo.calls().filter((call) => call.startsWith('curl ')) };
  }

  it.each<[string, number, string, string[]]>([
    ['opens an issue on drift', 2, '', ['<--request> <POST>', `<${issues}>`]],
    [
      'updates the issue that is open',
      2,
      '7',
      ['<--request> <PUT>', '<description@drift.md>', `<${issues}/7>`],
    ],
    ['closes it when all is well', 0, '7', ['<state_event=close>', `<${issues}/7>`]],
    ['leaves it where it could not tell', 1, '7', []],
    ['has nothing to do where all was well', 0, '', []],
  ])('%s', async (_, endsWith, openIssue, expected) => {
    const { code, all, calls } = await gitlab(endsWith, openIssue);
    expect(code).toBe(endsWith);
    expect(all).toContain(
      'drift.sh governance --markdown drift.md --junit drift.xml --json drift.json for acme with the-token',
    );
    const [looked, ...rest] = calls;
    expect(looked).toContain(`<${issues}?labels=drift&state=opened&per_page=1>`);
    expect(rest).toHaveLength(expected.length === 0 ? 0 : 1);
    for (const part of expected) expect(rest[0]).toContain(part);
  });

  it('runs on a schedule alone, and keeps its reports also after a failure', () => {
    expect(drift.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]);
    expect(drift.artifacts).toMatchObject({ when: 'always', reports: { junit: 'drift.xml' } });
  });
});
