import {
  attributePath,
  type Diagnostic,
  errorDiagnostic,
  formatPath,
  isUnknown,
  type Path,
  root,
  type Unknown,
} from '../../framework';
import { milliseconds } from '../duration';
import { instanceName, noInstanceName, unfitAddress } from './addresses';
import { attributes, type Configuration, defaults, isRetryCount } from './schema';

export type Environment = Readonly<Record<string, string | undefined>>;

const text = (value: string) => value;
/** A file or a copy often adds a line break, a blank or a byte order mark. A password may have them of its own. */
const trimmed = (value: string) => value.trim() || undefined;
function fitAddress(value: string): string | undefined {
  const address = value.trim();
  return unfitAddress(address) === undefined ? address : undefined;
}
const truth = (value: string) => ({ true: true, '1': true, false: false, '0': false })[value.toLowerCase()];

export function retryCount(value: string): number | undefined {
  return /^\d{1,3}$/.test(value) && isRetryCount.check(Number(value)) === undefined
    ? Number(value)
    : undefined;
}

/** How the text of an argument, or of its environment variable, is parsed; undefined if it is malformed. */
const parsers = {
  instance: instanceName,
  access_token: trimmed,
  username: trimmed,
  password: text,
  base_url: fitAddress,
  api_url: fitAddress,
  ca_certificate_file: text,
  read_only: truth,
  request_timeout: milliseconds,
  max_retries: retryCount,
};

export type Name = keyof typeof parsers;

/** What to change in a malformed text, without quoting it as a whole. */
const hints: { readonly [N in Name]?: (text: string) => string } = {
  instance: (text) => noInstanceName(text, false),
  base_url: (text) => `The address ${unfitAddress(text.trim())}.`,
  api_url: (text) => `The address ${unfitAddress(text.trim())}.`,
};

type Parsed<N extends Name> = NonNullable<ReturnType<(typeof parsers)[N]>>;

/** The value of an argument; undefined if it is not set anywhere. */
export type Given<T> = T | Unknown | undefined;

/** Reads one argument: from the configuration, else the first of its variables that is set, else its default. */
export type Read = <N extends Name>(name: N) => Given<Parsed<N>>;

/** Where arguments come from, and how messages name that. */
export interface Source {
  readonly values: { readonly [N in Name]?: unknown };
  /** The environment variables for an argument that is not configured. */
  variables(name: Name): readonly string[];
  path(name: Name): Path;
  /** Such as "the provider block". */
  readonly place: string;
  /** Who needs what is missing, at the beginning of a sentence. */
  readonly needs: string;
}

/** The provider block, which is about the default instance. */
export const blockSource = (config: Configuration): Source => ({
  values: config,
  variables: (name) => attributes[name].environment,
  path: (name) => attributePath(root, name),
  place: 'the provider block',
  needs: 'The provider needs',
});

/** A {@link Read} that passes every malformed value to `report` and treats it as not set. */
export function reader(
  source: Source,
  environment: Environment,
  report: (name: Name, problem: Diagnostic) => void,
): Read {
  return <N extends Name>(name: N) => {
    const parse = parsers[name] as (text: string) => Parsed<N> | undefined;
    const value = (source.values[name] ?? null) as string | Parsed<N> | Unknown | null;
    if (isUnknown(value)) return value;
    const variable = source.variables(name).find((each) => (environment[each] ?? '') !== '');
    const given = value ?? (variable && environment[variable]) ?? defaultOf(name);
    if (typeof given !== 'string') return given as Parsed<N> | undefined;
    const parsed = parse(given);
    if (parsed === undefined)
      report(name, malformed(source, name, given, value === null ? variable : undefined));
    return parsed;
  };
}

const defaultOf = (name: Name) => (defaults as { readonly [N in Name]?: string | number | boolean })[name];

/** @param variable the variable that the value came from; undefined if it came from the configuration */
function malformed(source: Source, name: Name, given: string, variable: string | undefined): Diagnostic {
  const rule = attributes[name].validate[0]?.rule ?? 'must be true or false';
  const hint = hints[name]?.(given);
  const more = hint === undefined ? '' : ` ${hint}`;
  if (variable !== undefined) {
    const detail = `The environment variable ${variable} ${rule}.${more} Correct it, or set ${name} in ${source.place}.`;
    return errorDiagnostic(`Invalid ${variable}`, detail);
  }
  const [instead] = source.variables(name);
  const detail = `The argument ${formatPath(source.path(name))} ${rule}.${more} Correct it${instead === undefined ? '' : `, or set ${instead}`}.`;
  return errorDiagnostic(`Invalid ${name}`, detail, source.path(name));
}

/** @param variables what can be set in the environment instead, if that is not just the argument's own variable */
export function missing(
  source: Source,
  name: Name,
  what: string,
  variables = source.variables(name)[0],
): Diagnostic {
  return errorDiagnostic(
    `Missing ${name}`,
    `${source.needs} ${what}. Set ${name} in ${source.place}, or ${variables} in the environment.`,
    source.path(name),
  );
}
