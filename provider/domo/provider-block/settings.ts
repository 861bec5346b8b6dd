import { type Diagnostic, Failure, isUnknown, type Unknown } from '../../framework';
import type { Credentials } from '../api/transport/session';
import { addressLabel, canonicalAddress } from './addresses';
import { type Environment, missing, reader } from './arguments';
import type { Configuration } from './schema';
import { contradictions, missingToSignIn, readSignIn, twoSignIns } from './sign-in';

/** How requests are sent, whoever gets them. */
export interface TransportSettings {
  /** A PEM file with certificates to trust in addition to the usual ones. */
  readonly caCertificateFile?: string;
  /** In ms. */
  readonly requestTimeout: number;
  readonly maxRetries: number;
}

/** Everything that is needed to ask the token endpoint. */
export interface TokenSettings extends TransportSettings {
  /** Undefined if there is no address that a client's secret may go to. */
  readonly address: string | undefined;
}

/** Everything that a connection to the instance needs. */
export interface Settings extends TransportSettings {
  /** The address that requests go to, in its one form. */
  readonly baseUrl: string;
  /** Whether that is the instance's own: no `base_url` is set. */
  readonly isOwnAddress: boolean;
  /** The name of the instance, if it is configured. */
  readonly instance: string | undefined;
  /** The configured address of the token endpoint; undefined if there is none, or it is not known yet. */
  readonly apiUrl: string | undefined;
  /** What state calls the instance: its name, or host, port and path of `base_url` if it has none. */
  readonly label: string;
  readonly credentials: Credentials;
}

/** Where Domo itself issues tokens to API clients. */
export const domoApi = 'https://api.domo.com';

/** What the configuration and the environment say, taken together. */
export interface Resolved {
  /** Undefined while any argument that they need is unknown or missing. */
  readonly settings: Settings | undefined;
  /** Undefined while any argument that they need is unknown. */
  readonly tokens: TokenSettings | undefined;
  /** What is not set, and is needed by whatever asks the instance. */
  readonly missing: readonly Diagnostic[];
  /** The names of the arguments that Terraform does not know yet, of those that `settings` and `tokens` need. */
  readonly unknown: readonly string[];
  readonly unknownForTokens: readonly string[];
  readonly readOnly: boolean;
  /** Undefined if they are not known yet. */
  readonly additionalScopes: readonly string[] | undefined;
}

/** Combines the configuration with the environment. Throws a {@link Failure} that lists everything malformed or contradictory. */
export function resolve(config: Configuration, environment: Environment): Resolved {
  const problems: Diagnostic[] = [...contradictions(config)];
  const read = reader(config, environment, (_, problem) => void problems.push(problem));

  const instance = read('instance');
  const baseUrl = read('base_url');
  const apiUrl = read('api_url');
  const caFile = read('ca_certificate_file');
  const timeout = read('request_timeout');
  const retries = read('max_retries');
  const readOnly = read('read_only');
  const signIn = readSignIn(config, read);

  problems.push(...twoSignIns(signIn));
  if (problems.length > 0) throw new Failure(problems);
  const needed = missingToSignIn(signIn);
  if (instance === undefined && baseUrl === undefined)
    needed.unshift(missing('instance', 'the name of the Domo instance, such as "acme"'));

  const transport = { ca_certificate_file: caFile, request_timeout: timeout, max_retries: retries };
  const values = { instance, base_url: baseUrl, ...transport, ...signIn };
  const forTokens = { base_url: baseUrl, api_url: apiUrl, ...transport };
  const [unknown, unknownForTokens] = [unknownIn(values), unknownIn(forTokens)];
  const { additional_scopes: additional } = config;
  return {
    unknown,
    unknownForTokens,
    readOnly: readOnly === true,
    additionalScopes:
      isUnknown(additional) || additional?.some(isUnknown) ? undefined : ((additional as string[]) ?? []),
    missing: needed,
    settings:
      unknown.length + needed.length > 0 ? undefined : settingsOf({ ...values, api_url: apiUrl } as Known),
    tokens: unknownForTokens.length > 0 ? undefined : tokenSettingsOf(forTokens as Known),
  };
}

function unknownIn(values: object): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => (isUnknown(value) ? [name] : []));
}

interface Known {
  readonly instance?: string;
  readonly base_url?: string;
  readonly api_url?: string | Unknown;
  readonly ca_certificate_file?: string;
  readonly request_timeout: number;
  readonly max_retries: number;
  readonly access_token?: string;
  readonly username?: string;
  readonly password?: string;
}

function settingsOf(known: Known): Settings {
  const baseUrl = canonicalAddress(known.base_url ?? `https://${known.instance}.domo.com`);
  const { api_url: apiUrl } = known;
  return {
    baseUrl,
    isOwnAddress: known.base_url === undefined,
    instance: known.instance,
    apiUrl: apiUrl === undefined || isUnknown(apiUrl) ? undefined : canonicalAddress(apiUrl),
    label: known.instance ?? addressLabel(baseUrl),
    credentials:
      known.access_token === undefined
        ? { username: known.username ?? '', password: known.password ?? '' }
        : { token: known.access_token },
    ...transportSettingsOf(known),
  };
}

function tokenSettingsOf(known: Known): TokenSettings {
  const { base_url: baseUrl, api_url: apiUrl } = known;
  const own = baseUrl === undefined ? domoApi : undefined;
  const address = apiUrl === undefined || isUnknown(apiUrl) ? own : canonicalAddress(apiUrl);
  return { address, ...transportSettingsOf(known) };
}

function transportSettingsOf(known: Known): TransportSettings {
  return {
    ...(known.ca_certificate_file && { caCertificateFile: known.ca_certificate_file }),
    requestTimeout: known.request_timeout,
    maxRetries: known.max_retries,
  };
}
