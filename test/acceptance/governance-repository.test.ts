import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openWithOpenssl, rsaKey } from '../support/keys';
import { domoMirror } from '../support/provider-build';
import { skipped } from '../support/skipped';
import { type Engine, engines, isAtLeast, workspace } from '../support/terraform';
import { stateOf } from '../support/terraform-json';
import { examples, makeByHand, nowhere, runsOf } from './examples-support';
import { openSandbox, tearDown } from './setup';

afterAll(tearDown);

const example = join(examples, 'governance-repository');
const {
  default: defaults,
  stages,
  ...pipeline
} = parse(readFileSync(join(example, '.gitlab-ci.yml'), 'utf8'));
const { include, ...jobs } = pipeline as Record<string, Job> & { include: unknown };

type Job = {
  stage?: string;
  rules: { if: string; when?: string; variables?: Record<string, string> }[];
  script?: string[];
  variables?: Record<string, string>;
};

/** Text as a person reads it, whatever width Terraform has broken it to. */
const plain = (text: string) => text.replace(/[\s│╷╵]+/g, ' ');

function succeeded({ code, text }: { code: number | null; text: string }): string {
  if (code !== 0) throw new Error(`It ended with ${code}: ${text}`);
  return text;
}

/** The repository as the guide lays it out, with a key of its own, on a machine whose `terraform` is the engine. */
async function repository(engine: Engine) {
  const sandbox = await openSandbox();
  const { publicKey, privateKey } = rsaKey();
  const own = { TF_VAR_own_tokens: JSON.stringify(['Token of admin']) };
  const env = { ...sandbox.settings, ...own };
  const work = workspace({ engine, copyOf: example, mirrors: [domoMirror()], env });
  work.write('governance/client-secrets.pem', publicKey);
  cpSync(join(examples, 'drift'), join(work.folder, 'drift'), { recursive: true });
  const bin = join(work.temp, '../bin');
  mkdirSync(bin);
  symlinkSync(engine.path, join(bin, 'terraform'));
  symlinkSync('/bin/true', join(bin, 'apk'));
  const shell = async (lines: string[], variables: Record<string, string> = {}) => {
    const PATH = `${bin}:${process.env.PATH}`;
    const { code, text } = await work.program('/bin/sh', ['-ec', lines.join('\n')], { PATH, ...variables })
      .done;
    return { code, text: plain(text) };
  };

  let isPrepared = false;

  /** Runs a job as GitLab does, for the first of its rules that mentions `reason`. */
  async function play(name: string, reason: string, variables: Record<string, string> = {}) {
    const job = jobs[name];
    const rule = job?.rules.find((each) => each.if.includes(reason));
    if (!job?.script || !rule) throw new Error(`The pipeline has no job ${name} for ${reason}.`);
    // Each job at GitLab has a machine of its own. They all share this one, which is prepared for all once it is for one.
    const lines = isPrepared ? job.script : [...defaults.before_script, ...job.script];
    isPrepared = true;
    return shell(lines, { ...job.variables, ...rule.variables, ...variables });
  }
  const state = () => stateOf(work.read('governance/terraform.tfstate'));
  return { sandbox, work, privateKey, shell, play, state };
}

it('the pipeline has the jobs of the guide, and nobody applies at night what nobody may see', () => {
  expect(Object.keys(jobs)).toEqual(['drift', 'check', 'preview', 'plan', 'apply']);
  expect(include).toEqual([{ local: 'drift/gitlab-ci.yml' }]);
  const kit = parse(readFileSync(join(examples, 'drift/gitlab-ci.yml'), 'utf8'));
  expect(kit.drift.variables.DIR).toBe('governance');
  expect(Object.values(jobs).map(({ stage }) => stage ?? 'test')).toEqual([
    'test',
    ...['test', 'plan', 'plan', 'apply'],
  ]);
  expect(stages).toEqual(['test', 'plan', 'apply']);
  for (const name of ['plan', 'apply']) {
    const atNight = jobs[name]?.rules.filter((rule) => rule.if.includes('schedule'));
    expect(atNight).toMatchObject([{ variables: { TF_VAR_unattended: 'true' } }]);
  }
  expect(jobs.apply?.rules[0]?.when).toBe('manual');
});

describe.each(engines())('with $name', (engine: Engine) => {
  it.concurrent('the repository of the guide is applied by its own pipeline', async () => {
    const { sandbox, privateKey, shell, play, state } = await repository(engine);
    const elsewhere = await makeByHand(sandbox, 'creator', 'partner-portal', ['data']);
    const existing = await makeByHand(sandbox, 'creator', 'Quarterly report', ['data']);
    succeeded(await shell(['terraform -chdir=governance init -input=false']));

    const checked = succeeded(await play('check', 'merge_request', nowhere));
    expect(checked).toContain(`Success! ${runsOf('governance-repository/governance')} passed, 0 failed.`);
    const preview = succeeded(await play('preview', 'merge_request'));
    expect(preview).toContain('Plan: 1 to import, 3 to add, 0 to change, 0 to destroy.');
    expect(preview).not.toContain('Check block assertion failed');
    succeeded(await play('plan', 'push'));
    expect(succeeded(await play('apply', 'push'))).toContain('1 imported, 3 added, 0 changed, 0 destroyed.');
    const sealed = state().resources.filter(({ values }) => values.encrypted_client_secret);
    expect(sealed.map(({ values }) => values.client_secret)).toEqual([null, null]);
    for (const { values } of sealed) {
      const secret = openWithOpenssl(String(values.encrypted_client_secret), privateKey);
      expect(await sandbox.signIn(values.client_id, secret)).toBe(200);
    }

    // Once more at night: there is nothing to do, and the tokens of this job are not to be found.
    const quiet = await shell(['terraform -chdir=governance plan -detailed-exitcode'], {
      TF_VAR_unattended: 'true',
      TF_VAR_own_tokens: '["gone"]',
    });
    expect(quiet).toEqual({ code: 0, text: expect.stringContaining('nobody knows when they expire: gone.') });

    const rogue = await makeByHand(sandbox, 'creator', 'rogue', ['data']);
    const atNight = await play('plan', 'schedule');
    expect(atNight.code).not.toBe(0);
    expect(atNight.text).toContain('Nobody reads the plan of this run, so it must not revoke: rogue.');
    const drift = await shell(['drift/drift.sh governance']);
    expect(drift).toEqual({ code: 2, text: expect.stringContaining(`unmanaged: rogue (id ${rogue})`) });
    const removal = succeeded(await play('plan', 'push'));
    expect(removal).toContain('- "rogue"');
    expect(removal).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
    expect(succeeded(await play('apply', 'push'))).toContain('0 added, 1 changed, 0 destroyed.');
    expect(await sandbox.ids()).not.toContain(rogue);
    expect(await sandbox.ids()).toEqual(expect.arrayContaining([elsewhere, existing]));

    if (isAtLeast(engine, 'terraform', 1, 14)) {
      const urgent = await makeByHand(sandbox, 'creator', 'leaked', ['data']);
      const invoke = '-invoke=action.domo_revoke_api_clients.by_hand';
      const { code } = await shell([
        'terraform -chdir=break-glass init',
        `terraform -chdir=break-glass apply -auto-approve ${invoke} -var='clients={"${urgent}"="leaked"}'`,
      ]);
      expect([code, await sandbox.ids()]).toEqual([0, expect.not.arrayContaining([urgent])]);
    } else skipped(`break-glass with ${engine.name}`, 'it has no actions');

    const end = 'terraform -chdir=governance destroy -auto-approve -input=false';
    expect(succeeded(await shell([end]))).toContain('4 destroyed.');
    expect(await sandbox.ids()).toEqual([elsewhere]);
  });
});
