import { parseArgs } from 'node:util';

/** What the command line and the environment ask for; an option wins over its variable. */
export type Options = {
  port: number;
  /** In seconds. */
  tokenLifetime: number;
  dataFile: string | undefined;
  seedFile: string | undefined;
  fixedTokens: boolean;
  json: boolean;
  help: boolean;
};

export const help = `Runs a local Domo until it is interrupted.

  --port <number>            8787 if absent, 0 for any free port              PORT
  --json                     one line of JSON when it is ready                SANDBOX_JSON=1
  --fixed-tokens             the same tokens and passwords at every start     FIXED_TOKENS=1
  --seed <file>              what there is at the start and after a reset     SEED
  --data <file>              keeps everything across restarts                 DATA
  --token-lifetime <seconds> how long an OAuth token is valid, 3600 if absent TOKEN_LIFETIME

SANDBOX_TOKEN_<NAME> and SANDBOX_PASSWORD_<NAME> (ADMIN, CREATOR, MANAGER, GUEST) set those of one user. Never use
real ones: the data file holds them as they are.
`;

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws a sentence for people if an option is unknown or has a value that makes no sense. */
export function readOptions(args: readonly string[], env: Environment): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      json: { type: 'boolean' },
      'fixed-tokens': { type: 'boolean' },
      seed: { type: 'string' },
      data: { type: 'string' },
      'token-lifetime': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });

  function amount(
    option: 'port' | 'token-lifetime',
    variable: string,
    fallback: number,
    isFit: (value: number) => boolean,
  ) {
    const given = values[option];
    const text = given ?? (env[variable] || String(fallback));
    const value = Number(text);
    if (text.trim() !== '' && isFit(value)) return value;
    throw new Error(`${given === undefined ? variable : `--${option}`} cannot be "${text}".`);
  }

  return {
    port: amount('port', 'PORT', 8787, (value) => Number.isInteger(value) && value >= 0 && value < 65536),
    tokenLifetime: amount('token-lifetime', 'TOKEN_LIFETIME', 3600, (value) => value > 0),
    dataFile: values.data || env.DATA || undefined,
    seedFile: values.seed || env.SEED || undefined,
    fixedTokens: values['fixed-tokens'] ?? env.FIXED_TOKENS === '1',
    json: values.json ?? env.SANDBOX_JSON === '1',
    help: values.help ?? false,
  };
}
