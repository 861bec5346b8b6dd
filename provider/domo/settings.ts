import {
  attributePath,
  type Config,
  type Diagnostic,
  errorDiagnostic,
  Failure,
  isUnknown,
  root,
  type Unknown,
} from '../framework';
import { instanceName, unfitAddress } from './addresses';
import type { Credentials } from './api/session';
import type { configuration } from './configuration';
import { milliseconds } from './duration';

type Configuration = Config<typeof configuration>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that a connection needs. */
export interface Settings {
  /** Scheme, host and port of the instance. */
  readonly baseUrl: string;
  /** What state calls the instance: its name, or host and port of `base_url` where it has none. */
  readonly label: string;
  readonly credentials: Credentials;
  /** Certificates to trust beside the usual ones, in PEM. */
  readonly caCertificateFile?: string;
  /** In ms. */
  readonly requestTimeout: number;
  readonly maxRetries: number;
}

/** What the configuration and the environment say together. */
export interface Resolved {
  /** Undefined as long as an argument in `unknown` is missing for them. */
  readonly settings: Settings | undefined;
  /** The arguments whose values Terraform does not know yet. */
  readonly unknown: readonly string[];
  readonly readOnly: boolean;
  /** Undefined where they are not known yet. */
  readonly additionalScopes: readonly string[] | undefined;
}

const forms = {
  instance: 'the name of an instance, such as "acme" or "acme.domo.com"',
  address: 'an https address, or an http address of this very machine',
  duration: 'a duration such as "45s"',
  count: 'a whole number from 0 to 100',
  bool: 'true or false',
};

/**
 * Both ways of signing in within the configuration. What is unknown may still turn out to be null, and then
 * leaves the way to the other.
 */
export function contradictions({ access_token, username, password }: Configuration): readonly Diagnostic[] {
  const isSet = (value: string | Unknown | null) => value !== null && !isUnknown(value);
  if (!isSet(access_token) || !(isSet(username) || isSet(password))) return [];
  return [
    errorDiagnostic(
      'Two ways of signing in',
      'Set either access_token (DOMO_ACCESS_TOKEN), or username and password (DOMO_USERNAME, DOMO_PASSWORD), not both.',
      attributePath(root, 'access_token'),
    ),
  ];
}

const text = (value: string) => value;

/** Lays the configuration over the environment. Throws a {@link Failure} with everything that is missing or malformed. */
export function resolve(config: Configuration, environment: Environment): Resolved {
  const problems: Diagnostic[] = [...contradictions(config)];
  const malformed = new Set<string>();
  const read = reader(environment, (name, problem) => {
    malformed.add(name);
    problems.push(problem);
  });

  const instance = read('instance', config.instance, ['DOMO_INSTANCE'], instanceName, forms.instance);
  const baseUrl = read('base_url', config.base_url, ['DOMO_BASE_URL'], fitAddress, forms.address);
  read('api_url', config.api_url, ['DOMO_API_URL'], fitAddress, forms.address);
  const caFile = read(
    'ca_certificate_file',
    config.ca_certificate_file,
    ['DOMO_CA_CERTIFICATE_FILE'],
    text,
    '',
  );
  const timeout = read(
    'request_timeout',
    config.request_timeout,
    ['DOMO_REQUEST_TIMEOUT'],
    milliseconds,
    forms.duration,
  );
  const retries = read('max_retries', config.max_retries, ['DOMO_MAX_RETRIES'], retryCount, forms.count);
  const readOnly = read('read_only', config.read_only, ['DOMO_READ_ONLY'], truth, forms.bool);
  const signIn = signInOf(config, read);

  const nowhere = instance === undefined && baseUrl === undefined;
  if (nowhere && !malformed.has('instance') && !malformed.has('base_url')) {
    problems.push(missing('instance', 'the name of the Domo instance, such as "acme"', ['DOMO_INSTANCE']));
  }
  problems.push(...problemsOf(signIn));
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
    settings: unknown.length > 0 ? undefined : settingsOf(values as Known),
  };
}

interface Known {
  readonly instance?: string;
  readonly base_url?: string;
  readonly ca_certificate_file?: string;
  readonly request_timeout?: number;
  readonly max_retries?: number;
  readonly access_token?: string;
  readonly username?: string;
  readonly password?: string;
}

function settingsOf(known: Known): Settings {
  const baseUrl = known.base_url ?? `https://${known.instance}.domo.com`;
  return {
    baseUrl,
    label: known.instance ?? new URL(baseUrl).host,
    credentials:
      known.access_token === undefined
        ? { username: known.username ?? '', password: known.password ?? '' }
        : { token: known.access_token },
    ...(known.ca_certificate_file && { caCertificateFile: known.ca_certificate_file }),
    requestTimeout: known.request_timeout ?? 30_000,
    maxRetries: known.max_retries ?? 4,
  };
}

type Given<T> = T | Unknown | undefined;
type Read = ReturnType<typeof reader>;

/**
 * Reads one argument: what the configuration says, else the first of its variables that is set. What is
 * malformed is reported, and counts as not given.
 */
function reader(environment: Environment, report: (name: keyof Configuration, problem: Diagnostic) => void) {
  return <T extends string | number | boolean>(
    name: keyof Configuration,
    value: string | T | Unknown | null,
    variables: readonly string[],
    parse: (text: string) => T | undefined,
    form: string,
  ): Given<T> => {
    if (isUnknown(value)) return value;
    if (value !== null && typeof value !== 'string') return value;
    const variable = variables.find((v) => (environment[v] ?? '') !== '');
    const text = value ?? (variable && environment[variable]);
    if (text === undefined) return undefined;
    const parsed = parse(text);
    if (parsed !== undefined) return parsed;
    const at = value === null ? undefined : attributePath(root, name);
    const what = value === null ? `The environment variable ${variable}` : `The argument ${name}`;
    const remedy =
      value === null
        ? `Correct it, or set ${name} in the provider block.`
        : `Correct it, or set ${variables[0]}.`;
    const summary = `Invalid ${value === null ? variable : name}`;
    report(name, errorDiagnostic(summary, `${what} must be ${form}. ${remedy}`, at));
    return undefined;
  };
}

interface SignIn {
  readonly access_token?: Given<string>;
  readonly username?: Given<string>;
  readonly password?: Given<string>;
}

/** A way of signing in that the configuration begins is not mixed with the other one from the environment. */
function signInOf(config: Configuration, read: Read): SignIn {
  const token = () =>
    read('access_token', config.access_token, ['DOMO_ACCESS_TOKEN', 'DOMO_DEVELOPER_TOKEN'], text, '');
  const user = () => ({
    username: read('username', config.username, ['DOMO_USERNAME'], text, ''),
    password: read('password', config.password, ['DOMO_PASSWORD'], text, ''),
  });
  if (config.access_token !== null) return { access_token: token() };
  if (config.username !== null || config.password !== null) return user();
  const both = { access_token: token(), ...user() };
  if (both.access_token === undefined) return user();
  return both.username !== undefined && both.password !== undefined
    ? both
    : { access_token: both.access_token };
}

function problemsOf({ access_token, username, password }: SignIn): Diagnostic[] {
  if (access_token !== undefined) {
    if (username === undefined) return [];
    return [
      errorDiagnostic(
        'Two ways of signing in',
        'The environment has both an access token (DOMO_ACCESS_TOKEN or DOMO_DEVELOPER_TOKEN) and a user (DOMO_USERNAME, DOMO_PASSWORD). Unset one of them, or say in the provider block which one is meant.',
      ),
    ];
  }
  if (username === undefined && password === undefined) {
    return [
      missing('access_token', 'an access token of the instance (or set username and password)', [
        'DOMO_ACCESS_TOKEN',
        'DOMO_USERNAME with DOMO_PASSWORD',
      ]),
    ];
  }
  if (username === undefined)
    return [missing('username', 'the user that the password belongs to', ['DOMO_USERNAME'])];
  if (password === undefined) return [missing('password', "the user's password", ['DOMO_PASSWORD'])];
  return [];
}

function missing(name: keyof Configuration, what: string, variables: readonly string[]): Diagnostic {
  return errorDiagnostic(
    `Missing ${name}`,
    `The provider needs ${what}. Set ${name} in the provider block, or ${variables.join(' or ')} in the environment.`,
    attributePath(root, name),
  );
}

const fitAddress = (text: string) => (unfitAddress(text) === undefined ? text : undefined);
const truth = (text: string) => ({ true: true, '1': true, false: false, '0': false })[text.toLowerCase()];

export function retryCount(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : undefined;
}
