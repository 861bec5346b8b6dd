import {
  attributePath,
  type Diagnostic,
  errorDiagnostic,
  isUnknown,
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

/** A {@link Read} that passes every malformed value to `report` and treats it as not set. */
export function reader(
  config: Configuration,
  environment: Environment,
  report: (name: Name, problem: Diagnostic) => void,
): Read {
  return <N extends Name>(name: N) => {
    const parse = parsers[name] as (text: string) => Parsed<N> | undefined;
    const value = config[name] as string | Parsed<N> | Unknown | null;
    if (isUnknown(value)) return value;
    const variable = attributes[name].environment.find((each) => (environment[each] ?? '') !== '');
    const given = value ?? (variable && environment[variable]) ?? defaultOf(name);
    if (typeof given !== 'string') return given as Parsed<N> | undefined;
    const parsed = parse(given);
    if (parsed === undefined) report(name, malformed(name, given, value === null ? variable : undefined));
    return parsed;
  };
}

const defaultOf = (name: Name) => (defaults as { readonly [N in Name]?: string | number | boolean })[name];

/** @param variable the variable that the value came from; undefined if it came from the configuration */
function malformed(name: Name, given: string, variable: string | undefined): Diagnostic {
  const rule = attributes[name].validate[0]?.rule ?? 'must be true or false';
  const hint = hints[name]?.(given);
  const more = hint === undefined ? '' : ` ${hint}`;
  if (variable !== undefined) {
    const detail = `The environment variable ${variable} ${rule}.${more} Correct it, or set ${name} in the provider block.`;
    return errorDiagnostic(`Invalid ${variable}`, detail);
  }
  const detail = `The argument ${name} ${rule}.${more} Correct it, or set ${firstVariable(name)}.`;
  return errorDiagnostic(`Invalid ${name}`, detail, attributePath(root, name));
}

/** @param variables what can be set in the environment instead, if that is not just the argument's own variable */
export function missing(name: Name, what: string, variables = firstVariable(name)): Diagnostic {
  return errorDiagnostic(
    `Missing ${name}`,
    `The provider needs ${what}. Set ${name} in the provider block, or ${variables} in the environment.`,
    attributePath(root, name),
  );
}

/** The variable that messages name for an argument. */
export const firstVariable = (name: Name) => String(attributes[name].environment[0]);
