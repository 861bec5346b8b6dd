import { parseArgs } from 'node:util';

export interface Options {
  readonly help: boolean;
  readonly json: boolean;
  readonly write: boolean;
  /** The name of the instance, given in advance instead of typed. */
  readonly confirm: string | undefined;
}

export const help = `Usage: terraform-provider-domo doctor [--json] [--write [--confirm <instance>]]

Sends a Domo instance the requests that the provider would send, and reports the responses, one line per check. It reads the
provider's environment variables: DOMO_INSTANCE and DOMO_ACCESS_TOKEN, or DOMO_USERNAME and DOMO_PASSWORD, and so on.
Without --write it changes nothing. The report contains no secrets.

  --write              also creates an API client under a random name, and revokes it; asks first
  --confirm <instance> the name of the instance, for a run without a terminal
  --json               one JSON document instead of lines

Exit code 0 if nothing failed, 1 otherwise.
`;

/** Throws if the arguments cannot be understood. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      write: { type: 'boolean' },
      confirm: { type: 'string' },
    },
  });
  const { help: wantsHelp = false, json = false, write = false, confirm } = values;
  if (confirm !== undefined && !write) throw new Error('--confirm is for --write.');
  return { help: wantsHelp, json, write, confirm };
}
