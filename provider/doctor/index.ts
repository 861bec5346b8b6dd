import { messageOf } from '../domo/api/transport/errors';
import { release } from '../domo/version';
import { configurationProblems, readConfiguration } from './checks/configuration';
import { help, type Options, parseOptions } from './command-line';
import { type Domo, openDomo } from './domo';
import { examine } from './examination';
import type { Finding, Tell } from './finding';
import { closing, document, type Heading, headline, isHealthy, line } from './report';
import { createSecrets, type Secrets } from './secrets';
import { refusal, type Terminal } from './trial/confirmation';
import { defaultPace, type Pace } from './trial/pace';
import { runTrial } from './trial/trial';

/** What one run of the doctor works with: the environment, its streams and its end. */
export interface Runtime {
  readonly environment: NodeJS.ProcessEnv;
  readonly input: Terminal['input'];
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Where the confirmation is asked for. */
  readonly promptOn: Terminal['output'];
  readonly pace?: Pace;
  readonly signal: AbortSignal;
}

/** Examines the Domo that the environment configures. Resolves with the exit code. */
export async function doctor(args: readonly string[], runtime: Runtime): Promise<0 | 1> {
  let options: Options;
  try {
    options = parseOptions(args);
  } catch (error) {
    runtime.complain(`terraform-provider-domo doctor: ${messageOf(error)}\n\n${help}`);
    return 1;
  }
  if (options.help) {
    runtime.print(help);
    return 0;
  }
  return examineAndReport(options, runtime);
}

async function examineAndReport(options: Options, runtime: Runtime): Promise<0 | 1> {
  const { print } = runtime;
  const secrets = createSecrets();
  const heading: Heading = { version: release.version, runtime: runtimeName(), at: new Date().toISOString() };
  if (!options.json) print(headline(heading));
  const [checks, trial]: [Finding[], Finding[]] = [[], []];
  const tellTo =
    (list: Finding[]): Tell =>
    (finding) => {
      list.push(finding);
      if (!options.json) print(line(finding, secrets));
    };
  await run(options, runtime, secrets, tellTo(checks), tellTo(trial));
  const results = { checks, trial: options.write ? trial : null };
  print(options.json ? document(heading, results, secrets) : closing(results));
  return isHealthy(results) ? 0 : 1;
}

async function run(options: Options, runtime: Runtime, secrets: Secrets, tell: Tell, tellTrial: Tell) {
  const { environment, signal, input, promptOn, pace = defaultPace } = runtime;
  const resolved = readConfiguration(environment, tell);
  if (!resolved?.settings) return;
  const { settings, shared } = resolved;
  const stopTrial = (says: string, todo?: string) =>
    tellTrial({ check: 'trial', status: 'failed', says, ...(todo === undefined ? {} : { todo }) });
  // Before anything is asked: who may not write need not be asked whether they mean it.
  if (options.write && shared.readOnly) {
    return stopTrial(
      '--write is refused, since DOMO_READ_ONLY is set. Nothing was asked or created.',
      'Unset DOMO_READ_ONLY for this run, or leave --write out.',
    );
  }
  const domo = open();
  if (!domo) return;
  try {
    const hasList = await examine(domo, tell, signal);
    if (!options.write) return;
    if (!hasList) return stopTrial('Nothing was created: without the list it could not be found again.');
    const reason = await refusal(settings.label, options.confirm, { input, output: promptOn }, signal);
    if (reason !== undefined) return stopTrial(reason);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    tell({ check: 'interrupted', status: 'failed', says: 'Interrupted. Nothing was created.' });
    return;
  }
  await runTrial({ domo, secrets, pace, tell: tellTrial, signal });

  function open(): Domo | undefined {
    try {
      return openDomo(settings, environment, `terraform-provider-domo/${release.version} (doctor)`, secrets);
    } catch (thrown) {
      for (const finding of configurationProblems(thrown)) tell(finding);
      return undefined;
    }
  }
}

function runtimeName(): string {
  const { bun, node } = process.versions;
  const engine = bun === undefined ? `Node.js ${node}` : `Bun ${bun}`;
  return `${engine}, ${process.platform} ${process.arch}`;
}
