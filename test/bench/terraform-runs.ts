import type { RunningSandbox } from '../support/running-sandbox';
import { type Engine, type Workspace, workspace } from '../support/terraform';
import { type Contender, configuration, mirrorsOf, packageFolder } from './contenders';

/** The commands of a round, in the order in which they follow from one another. */
export const operations = ['plan', 'apply', 'empty plan', 'destroy'] as const;
export type Operation = (typeof operations)[number];

/** What one command took: in ms, and in HTTP calls by endpoint. */
export interface Run {
  readonly ms: number;
  readonly calls: Readonly<Record<string, number>>;
}

/** Real Terraform with one contender and one size. */
export interface Runner {
  readonly contender: Contender;
  run(operation: Operation): Promise<Run>;
  cleanup(): Promise<void>;
}

const commands: Record<Operation, readonly string[]> = {
  plan: ['plan'],
  apply: ['apply', '-auto-approve'],
  'empty plan': ['plan'],
  destroy: ['destroy', '-auto-approve'],
};

/** What each command must say, so that nothing is measured that did not happen. */
const proof: Record<Operation, (count: number) => string> = {
  plan: (count) => `Plan: ${count} to add, 0 to change, 0 to destroy`,
  apply: (count) => `Resources: ${count} added, 0 changed, 0 destroyed`,
  'empty plan': () => 'No changes.',
  destroy: (count) => `Resources: ${count} destroyed`,
};

/**
 * How Terraform gets a provider: `installed` by init, whose lock file makes every command read the whole package to
 * compare its checksum; or `trusted`, in the folder where it was built, as developers run it.
 */
export const ways = ['installed', 'trusted'] as const;
export type Way = (typeof ways)[number];

function trusting(contender: Contender): string {
  return `disable_checkpoint = true
provider_installation {
  dev_overrides {
    "domo-governance/domo" = ${JSON.stringify(packageFolder(contender))}
  }
  direct {}
}
`;
}

/** Lays out the configuration and, if a provider is to be installed, runs init. */
export async function prepareRunner(
  contender: Contender,
  count: number,
  way: Way,
  engine: Engine,
  sandbox: RunningSandbox,
): Promise<Runner> {
  const mirrors = mirrorsOf(contender);
  const trusted = way === 'trusted' && mirrors.length > 0;
  const work: Workspace = workspace({
    engine,
    mirrors,
    files: { 'main.tf': configuration(contender, count) },
    // Searching takes time, and another provider may show what ours does not.
    searched: false,
    // The log at TRACE that the tests ask for would be measured as well.
    env: {
      ...sandbox.settings,
      ...contender.env,
      TF_LOG: '',
      ...(trusted && { TF_CLI_CONFIG_FILE: 'trusted.tfrc' }),
    },
  });
  if (trusted) work.write('trusted.tfrc', trusting(contender));
  else await work.init();
  return {
    contender,
    async run(operation) {
      await sandbox.control('DELETE', 'requests');
      const started = performance.now();
      const { code, text } = await work.run(...commands[operation], '-no-color', '-input=false');
      const ms = performance.now() - started;
      if (code !== 0 || !text.includes(proof[operation](count))) {
        throw new Error(
          `${contender.name}: ${operation} of ${count} ended with ${code}: ${text.slice(-2000)}`,
        );
      }
      return { ms, calls: (await sandbox.control('GET', 'requests')) as Record<string, number> };
    },
    cleanup: () => work.cleanup(),
  };
}
