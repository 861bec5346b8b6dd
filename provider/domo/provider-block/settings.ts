import { type Diagnostic, Failure, isUnknown, type Unknown } from '../../framework';
import type { Credentials } from '../api/transport/session';
import { addressLabel, canonicalAddress } from './addresses';
import { type Environment, missing, reader } from './arguments';
import type { Configuration } from './schema';
import { ambiguities, contradictions, missingSignIn, readSignIn } from './sign-in';

/** What any request needs, whichever address it goes to. */
export interface Transport {
  /** The configured address of the token endpoint; undefined if there is none, or it is not known yet. */
  readonly apiUrl: string | undefined;
  /** A PEM file with certificates to trust in addition to the usual ones. */
  readonly caCertificateFile?: string;
  /** In ms. */
  readonly requestTimeout: number;
  readonly maxRetries: number;
}

/** Everything that a connection to an instance needs. */
export interface Settings extends Transport {
  /** The address that requests go to, in its one form. */
  readonly baseUrl: string;
  /** Whether that is the instance's own: no `base_url` is set. */
  readonly isOwnAddress: boolean;
  /** The name of the instance, if it is configured. */
  readonly instance: string | undefined;
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
  /** Undefined while any argument that it needs is unknown. */
  readonly transport: Transport | undefined;
  /** The address that clients' own credentials go to: never a gateway that was not meant for them. Undefined if there is none. */
  readonly tokenAddress: string | Unknown | undefined;
  /** Which settings of an instance are missing: an error, but only for what asks one. */
  readonly missing: readonly Diagnostic[];
  /** The names of the arguments that Terraform does not know yet. */
  readonly unknown: readonly string[];
  /** The same for those that the token endpoint needs. */
  readonly unknownForTokens: readonly string[];
  readonly readOnly: boolean;
  /** Undefined if they are not known yet. */
  readonly additionalScopes: readonly string[] | undefined;
}

/**
 * Combines the configuration with the environment. Throws a {@link Failure} that lists everything malformed or
 * contradictory and, beside that, what is missing.
 */
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

  problems.push(...ambiguities(signIn));
  const nowhere = instance === undefined && baseUrl === undefined;
  const isMisread = malformed.has('instance') || malformed.has('base_url');
  const absent = [
    ...(nowhere && !isMisread ? [missing('instance', 'the name of the Domo instance, such as "acme"')] : []),
    ...missingSignIn(signIn),
  ];
  if (problems.length > 0) throw new Failure([...problems, ...absent]);

  const limits = { ca_certificate_file: caFile, request_timeout: timeout, max_retries: retries };
  const values = { instance, base_url: baseUrl, ...limits, ...signIn };
  const unknown = unknownIn(values);
  const transport =
    unknownIn(limits).length > 0 ? undefined : transportOf({ ...limits, api_url: apiUrl } as KnownLimits);
  const tokenAddress = apiUrl ?? (isUnknown(baseUrl) ? baseUrl : baseUrl === undefined ? domoApi : undefined);
  const { additional_scopes: additional } = config;
  return {
    unknown,
    unknownForTokens: unknownIn({ base_url: baseUrl, api_url: apiUrl, ...limits }),
    readOnly: readOnly === true,
    additionalScopes:
      isUnknown(additional) || additional?.some(isUnknown) ? undefined : ((additional as string[]) ?? []),
    transport,
    tokenAddress: typeof tokenAddress === 'string' ? canonicalAddress(tokenAddress) : tokenAddress,
    missing: absent,
    settings:
      !transport || unknown.length > 0 || absent.length > 0
        ? undefined
        : settingsOf(values as KnownInstance, transport),
  };
}

const unknownIn = (values: object) =>
  Object.entries(values).flatMap(([name, value]) => (isUnknown(value) ? [name] : []));

interface KnownLimits {
  readonly api_url?: string | Unknown;
  readonly ca_certificate_file?: string;
  readonly request_timeout: number;
  readonly max_retries: number;
}

function transportOf({ api_url: apiUrl, ca_certificate_file: file, ...limits }: KnownLimits): Transport {
  return {
    apiUrl: apiUrl === undefined || isUnknown(apiUrl) ? undefined : canonicalAddress(apiUrl),
    ...(file && { caCertificateFile: file }),
    requestTimeout: limits.request_timeout,
    maxRetries: limits.max_retries,
  };
}

interface KnownInstance {
  readonly instance?: string;
  readonly base_url?: string;
  readonly access_token?: string;
  readonly username?: string;
  readonly password?: string;
}

function settingsOf(known: KnownInstance, transport: Transport): Settings {
  const baseUrl = canonicalAddress(known.base_url ?? `https://${known.instance}.domo.com`);
  return {
    ...transport,
    baseUrl,
    isOwnAddress: known.base_url === undefined,
    instance: known.instance,
    label: known.instance ?? addressLabel(baseUrl),
    credentials:
      known.access_token === undefined
        ? { username: known.username ?? '', password: known.password ?? '' }
        : { token: known.access_token },
  };
}
