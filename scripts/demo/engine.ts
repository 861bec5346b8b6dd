import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findProgram } from '../find-program';
import { cliConfiguration, layOut, providerVersion } from '../mirror';
import { cleanEnvironment, type Ended, run } from './processes';

/** Terraform or OpenTofu in a scratch folder, with the provider that was just built and no registry. */
export type Engine = {
  /** What it calls itself, such as `Terraform v1.11.4`. */
  title: string;
  /** The provider's version. */
  version: string;
  /** Runs a command with the provider's variables; throws what it printed if it does not exit with `expected`. */
  run(args: string[], expected: number): Promise<Ended>;
  /** Runs a command that prints JSON. It may hold secrets and is never shown. */
  json(...args: string[]): Promise<unknown>;
  /** Writes a file of the configuration. */
  write(name: string, text: string): void;
};

/** Finds an engine: the one that is named, or else terraform or tofu on the PATH. Throws, saying what to install. */
export function findEngine(named: string | undefined): string {
  if (named) return named.includes('/') ? resolve(named) : named;
  const found = findProgram('terraform') ?? findProgram('tofu');
  if (found) return resolve(found);
  throw new Error(
    'This needs Terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu\n' +
      '(https://opentofu.org/docs/intro/install): install one, so that terraform or tofu is on the PATH.',
  );
}

/** Lays out the scratch folder and asks the engine for its name. Throws if the program is not an engine. */
export async function prepareEngine(
  program: string,
  { scratch, settings, signal }: { scratch: string; settings: Record<string, string>; signal: AbortSignal },
): Promise<Engine> {
  const version = providerVersion();
  const [work, mirror, cliConfig] = [
    join(scratch, 'work'),
    join(scratch, 'mirror'),
    join(scratch, 'cli.tfrc'),
  ];
  mkdirSync(work);
  layOut(mirror);
  writeFileSync(cliConfig, `disable_checkpoint = true\n${cliConfiguration(mirror, false)}`);
  const env = {
    ...cleanEnvironment(),
    ...settings,
    TF_CLI_CONFIG_FILE: cliConfig,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    TMPDIR: scratch,
  };

  async function succeed(args: string[], expected: number, shown: (ended: Ended) => string): Promise<Ended> {
    const ended = await run(program, args, { cwd: work, env, signal }).catch((error: Error) => {
      signal.throwIfAborted();
      throw new Error(`${program} cannot be run: ${error.message}`);
    });
    if (ended.code === expected) return ended;
    throw new Error(`"${args.join(' ')}" exited with ${ended.code}, not ${expected}:\n${shown(ended)}`);
  }

  const { stdout } = await succeed(['version'], 0, everything);
  const title = /^(Terraform|OpenTofu) v\S+/m.exec(stdout)?.[0];
  if (!title) throw new Error(`${program} is neither Terraform nor OpenTofu.`);
  return {
    title,
    version,
    run: (args, expected) => succeed(args, expected, everything),
    json: async (...args) => JSON.parse((await succeed(args, 0, ({ stderr }) => stderr)).stdout),
    write: (name, text) => writeFileSync(join(work, name), text),
  };
}

const everything = ({ stdout, stderr }: Ended) => `${stdout}${stderr}`;
