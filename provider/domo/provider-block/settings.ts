import { type Diagnostic, Failure, isUnknown, type Unknown } from '../../framework';
import type { Credentials } from '../api/transport/session';
import { addressLabel, canonicalAddress } from './addresses';
import { type Environment, missing, reader } from './arguments';
import type { Configuration } from './schema';
import { contradictions, readSignIn, signInProblems } from './sign-in';

/** Everything that a connection needs. */
export interface Settings {
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
  /** A PEM file with certificates to trust in addition to the usual ones. */
  readonly caCertificateFile?: string;
  /** In ms. */
  readonly requestTimeout: number;
  readonly maxRetries: number;
}

/** What the configuration and the environment say, taken together. */
export interface Resolved {
  /** Undefined while any argument that they need is unknown. */
  readonly settings: Settings | undefined;
  /** The names of the arguments that Terraform does not know yet. */
  readonly unknown: readonly string[];
  readonly readOnly: boolean;
  /** Undefined if they are not known yet. */
  readonly additionalScopes: readonly string[] | undefined;
}

/** Combines the configuration with the environment. Throws a {@link Failure} that lists everything missing or malformed. */
export function resolve(config: Configuration, environment: Environment): Resolved {
  const problems: Diagnostic[] = [...contradictions(config)];
  const malformed = new Set<string>();
  const read = reader(config, environment, (name, problem) => {
    malformed.add(name);
    problems.push(problem);
  });

  const instance = read('instance');
  const baseUrl = read('base_url');
  const apiUrl = read('api_url');
  const caFile = read('ca_certificate_file');
  const timeout = read('request_timeout');
  const retries = read('max_retries');
  const readOnly = read('read_only');
  const signIn = readSignIn(config, read);

  const nowhere = instance === undefined && baseUrl === undefined;
  if (nowhere && !malformed.has('instance') && !malformed.has('base_url')) {
    problems.push(missing('instance', 'the name of the Domo instance, such as "acme"'));
  }
  problems.push(...signInProblems(signIn));
  if (problems.length > 0) throw new Failure(problems);

  const values = {
    instance,
    base_url: baseUrl,
    ca_certificate_file: caFile,
    request_timeout: timeout,
    max_retries: retries,
    ...signIn,
  };
  const unknown = Object.entries(values).flatMap(([name, value]) => (isUnknown(value) ? [name] : []));
  const { additional_scopes: additional } = config;
  return {
    unknown,
    readOnly: readOnly === true,
    additionalScopes:
      isUnknown(additional) || additional?.some(isUnknown) ? undefined : ((additional as string[]) ?? []),
    settings: unknown.length > 0 ? undefined : settingsOf({ ...values, api_url: apiUrl } as Known),
  };
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
    ...(known.ca_certificate_file && { caCertificateFile: known.ca_certificate_file }),
    requestTimeout: known.request_timeout,
    maxRetries: known.max_retries,
  };
}
