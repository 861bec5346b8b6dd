import { type Diagnostic, Failure, isUnknown, type Unknown } from '../../framework';
import type { Credentials } from '../api/transport/session';
import { addressLabel, canonicalAddress } from './addresses';
import { blockSource, type Environment, type Given, missing, reader } from './arguments';
import type { Configuration } from './schema';
import { ambiguities, contradictions, missingSignIn, readSignIn, type SignIn } from './sign-in';

/** What any request needs, whichever address it goes to. */
export interface Transport {
  /** The configured address of the token endpoint; undefined if it is not set or not known yet. */
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
  /** What Domo itself calls the instance, if that is configured. */
  readonly instance: string | undefined;
  /** What state calls the instance: its name, or host, port and path of `base_url` if it has none. */
  readonly label: string;
  readonly credentials: Credentials;
  /** The address that clients' own credentials go to; undefined if they go nowhere. */
  readonly tokenAddress: string | undefined;
}

/** Where Domo itself issues tokens to API clients. */
export const domoApi = 'https://api.domo.com';

/** What the configuration and the environment say of one instance, taken together. */
export interface Resolved {
  /** What the state calls the instance; undefined if none is configured. */
  readonly label: string | Unknown | undefined;
  /** Its normalized address; undefined if none is configured. */
  readonly address: string | Unknown | undefined;
  /** Undefined while any argument that they need is unknown or missing. */
  readonly settings: Settings | undefined;
  /** Undefined while any argument that it needs is unknown. */
  readonly transport: Transport | undefined;
  /** The address that clients' own credentials go to: never a gateway that was not meant for them. Undefined if they go nowhere. */
  readonly tokenAddress: string | Unknown | undefined;
  /** Which settings of an instance are missing: an error, but only for what asks one. */
  readonly missing: readonly Diagnostic[];
  /** The names of the arguments that Terraform does not know yet. */
  readonly unknown: readonly string[];
  /** The same for those that the token endpoint needs. */
  readonly unknownForTokens: readonly string[];
  readonly shared: Shared;
}

/** What holds for every instance of a provider block. */
export interface Shared {
  readonly limits: Limits;
  readonly readOnly: boolean;
  /** Undefined if they are not known yet. */
  readonly additionalScopes: readonly string[] | undefined;
}

interface Limits {
  readonly ca_certificate_file: Given<string>;
  readonly request_timeout: Given<number>;
  readonly max_retries: Given<number>;
}

/**
 * Combines the configuration of the default instance with the environment. Throws a {@link Failure} that lists
 * everything malformed or contradictory and, beside that, what is missing.
 */
export function resolve(config: Configuration, environment: Environment): Resolved {
  const source = blockSource(config);
  const problems: Diagnostic[] = [...contradictions(config, source)];
  const malformed = new Set<string>();
  const read = reader(source, environment, (name, problem) => {
    malformed.add(name);
    problems.push(problem);
  });

  const instance = read('instance');
  const baseUrl = read('base_url');
  const apiUrl = read('api_url');
  const limits = {
    ca_certificate_file: read('ca_certificate_file'),
    request_timeout: read('request_timeout'),
    max_retries: read('max_retries'),
  };
  const readOnly = read('read_only');
  const signIn = readSignIn(config, read);

  problems.push(...ambiguities(signIn, source));
  const nowhere = instance === undefined && baseUrl === undefined;
  const isMisread = malformed.has('instance') || malformed.has('base_url');
  const absent = [
    ...(nowhere && !isMisread
      ? [missing(source, 'instance', 'the name of the Domo instance, such as "acme"')]
      : []),
    ...missingSignIn(signIn, source),
  ];
  if (problems.length > 0) throw new Failure([...problems, ...absent]);

  const { additional_scopes: additional } = config;
  const shared = {
    limits,
    readOnly: readOnly === true,
    additionalScopes:
      isUnknown(additional) || additional?.some(isUnknown) ? undefined : ((additional as string[]) ?? []),
  };
  return combined({ instance, base_url: baseUrl, api_url: apiUrl, ...signIn }, absent, shared);
}

/** The arguments that are about one instance alone. */
interface OneInstance extends SignIn {
  readonly instance: Given<string>;
  readonly base_url: Given<string>;
  readonly api_url: Given<string>;
}

/** @param key the name that the configuration has for the instance, if that is not the one that Domo has */
export function combined(
  { api_url: apiUrl, ...one }: OneInstance,
  absent: readonly Diagnostic[],
  shared: Shared,
  key?: string,
): Resolved {
  const { instance, base_url: baseUrl } = one;
  const { limits } = shared;
  const unknown = unknownIn({ ...one, ...limits });
  const transport = unknownIn(limits).length > 0 ? undefined : transportOf(apiUrl, limits as KnownLimits);
  const address = addressOf(instance, baseUrl);
  const label = key ?? instance ?? (typeof address === 'string' ? addressLabel(address) : address);
  const tokens = apiUrl ?? (isUnknown(baseUrl) ? baseUrl : baseUrl === undefined ? domoApi : undefined);
  const tokenAddress = typeof tokens === 'string' ? canonicalAddress(tokens) : tokens;
  const isComplete = transport !== undefined && unknown.length === 0 && absent.length === 0;
  return {
    label,
    address,
    unknown,
    unknownForTokens: unknownIn({ base_url: baseUrl, api_url: apiUrl, ...limits }),
    shared,
    transport,
    tokenAddress,
    missing: absent,
    settings: isComplete
      ? {
          ...transport,
          baseUrl: address as string,
          isOwnAddress: baseUrl === undefined,
          instance: instance as string | undefined,
          label: label as string,
          credentials: credentialsOf(one),
          // While api_url is unknown, as without one.
          tokenAddress: isUnknown(tokenAddress)
            ? baseUrl === undefined
              ? domoApi
              : undefined
            : tokenAddress,
        }
      : undefined,
  };
}

const unknownIn = (values: object) =>
  Object.entries(values).flatMap(([name, value]) => (isUnknown(value) ? [name] : []));

function addressOf(instance: Given<string>, baseUrl: Given<string>): Given<string> {
  const configured = baseUrl ?? instance;
  if (configured === undefined || isUnknown(configured)) return configured;
  return canonicalAddress(baseUrl === undefined ? `https://${configured}.domo.com` : configured);
}

interface KnownLimits {
  readonly ca_certificate_file?: string;
  readonly request_timeout: number;
  readonly max_retries: number;
}

function transportOf(
  apiUrl: Given<string>,
  { ca_certificate_file: file, ...limits }: KnownLimits,
): Transport {
  return {
    apiUrl: apiUrl === undefined || isUnknown(apiUrl) ? undefined : canonicalAddress(apiUrl),
    ...(file && { caCertificateFile: file }),
    requestTimeout: limits.request_timeout,
    maxRetries: limits.max_retries,
  };
}

/** Of arguments that are known and complete. */
function credentialsOf({ access_token, username, password }: SignIn): Credentials {
  return access_token === undefined
    ? { username: String(username ?? ''), password: String(password ?? '') }
    : { token: String(access_token) };
}
