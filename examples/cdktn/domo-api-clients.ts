import { TerraformOutput } from 'cdktn';
import { apiClient } from 'cdktn-provider-domo';
import { Construct } from 'constructs';

/** The scopes that Domo knows; see the data source domo_api_client_scopes for what each allows. */
export const scopes = ['account', 'audit', 'buzz', 'dashboard', 'data', 'user', 'workflow'] as const;
export type Scope = (typeof scopes)[number];

/** One row of the table: what a team asks for. */
export interface Row {
  /** Unique within the team; lower-case letters, digits and hyphens. */
  readonly name: string;
  /** What the client is for; reviewers ask. */
  readonly description: string;
  readonly scopes: readonly Scope[];
}

/** A team: the scopes it is allowed, and its clients. */
export interface Team {
  readonly may: readonly Scope[];
  readonly clients: readonly Row[];
}

export interface DomoApiClientsConfig {
  /** Prefix of every client name, so that nobody mistakes a client for one made by hand. */
  readonly stack: string;
  /** Comes next in the name: the clients of dev and prod never collide. */
  readonly environment: string;
  readonly teams: Readonly<Record<string, Team>>;
  /** A PEM public key or age recipients: the secrets are then sealed, and nowhere in plain text. */
  readonly secretPublicKey?: string;
}

/**
 * The API clients of all teams, from a table that reviewers read. For each there is a sensitive output
 * `TEAM_CLIENT` with `client_id` and `client_secret`, or `encrypted_client_secret` if there is a key to seal with; its
 * name does not depend on the construct's position.
 */
export class DomoApiClients extends Construct {
  /** The clients by `TEAM_CLIENT`. */
  readonly clients: ReadonlyMap<string, apiClient.ApiClient>;

  /** Throws one Error that lists everything wrong in the table. */
  constructor(scope: Construct, id: string, config: DomoApiClientsConfig) {
    super(scope, id);
    const wrong = violations(config);
    if (wrong.length > 0) throw new Error(`The table of API clients is wrong:\n- ${wrong.join('\n- ')}`);

    const clients = new Map<string, apiClient.ApiClient>();
    for (const [team, row] of rows(config)) {
      const client = new apiClient.ApiClient(this, `${team}-${row.name}`, {
        name: [config.stack, config.environment, team, row.name].join('-'),
        description: row.description,
        scopes: [...row.scopes],
        secretPublicKey: config.secretPublicKey,
      });
      const key = `${team}_${row.name}`.replaceAll('-', '_');
      clients.set(key, client);
      new TerraformOutput(this, `${key}_output`, {
        value: {
          client_id: client.clientId,
          ...(config.secretPublicKey === undefined
            ? { client_secret: client.clientSecret }
            : { encrypted_client_secret: client.encryptedClientSecret }),
        },
        description: `The credentials of ${row.name} of the team ${team}.`,
        // The getters of generated classes do not know that their values are sensitive.
        sensitive: true,
      }).overrideLogicalId(key);
    }
    this.clients = clients;
  }
}

function rows({ teams }: DomoApiClientsConfig): [team: string, row: Row][] {
  return Object.entries(teams).flatMap(([team, { clients }]) =>
    clients.map((row): [string, Row] => [team, row]),
  );
}

function violations(config: DomoApiClientsConfig): string[] {
  const all = rows(config);
  const nameless = [config.stack, config.environment].some((part) => part.trim() === '');
  return [
    ...(nameless ? ['the stack and the environment need names'] : []),
    ...Object.entries(config.teams).flatMap(([team, { may }]) => [
      ...(isName(team) ? [] : [`the team "${team}" needs a name of lower-case letters, digits and hyphens`]),
      ...unknown(may).map((each) => `the team ${team} may have "${each}", which is not a Domo scope`),
    ]),
    ...all.flatMap(([team, row], index) => {
      const at = `${team}: "${row.name}"`;
      const may = config.teams[team]?.may ?? [];
      const first = all.findIndex(([otherTeam, other]) => otherTeam === team && other.name === row.name);
      return [
        ...(isName(row.name) ? [] : [`${at} needs a name of lower-case letters, digits and hyphens`]),
        ...(first === index ? [] : [`${at} is listed twice`]),
        ...(row.description.trim() === '' ? [`${at} needs a description: what is it for?`] : []),
        ...(row.scopes.length === 0 ? [`${at} needs at least one scope`] : []),
        ...unknown(row.scopes).map((each) => `${at} asks for "${each}", which is not a Domo scope`),
        ...row.scopes
          .filter((each) => isScope(each) && !may.includes(each))
          .map((each) => `${at} asks for "${each}", which the team is not allowed`),
      ];
    }),
  ];
}

const isName = (text: string) => /^[a-z][a-z0-9-]*$/.test(text);
const isScope = (text: string) => scopes.some((scope) => scope === text);
const unknown = (all: readonly string[]) => all.filter((each) => !isScope(each));
