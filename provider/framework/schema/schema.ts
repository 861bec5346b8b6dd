import { failure } from '../diagnostics';
import type { Attributes, Obj } from './attributes';
import type { Path, Step } from './path';
import { isUnknown, type Plain, type Unknown } from './unknown';

/**
 * How one value looks in the four places a provider author meets it: as written in the
 * configuration, in a proposed plan (unknown anywhere), in the plan that is applied (only
 * computed values unknown), and in state (nothing unknown).
 */
export interface Views {
  readonly config: unknown;
  readonly proposed: unknown;
  readonly plan: unknown;
  readonly state: unknown;
}

/** Terraform's own name of a type, in its JSON form: `"string"`, `["set","string"]`, `["object",{…}]`. */
export type Cty = string | readonly [string, Cty | { readonly [name: string]: Cty }];

/** Which of the four views a value must satisfy when it is encoded. */
export type View = keyof Views;

/**
 * A type owns everything that depends on it: its name on the wire, reading, writing and equality.
 * Null and unknown are never passed to these functions; {@link decode}, {@link encode} and {@link keyOf} see to them.
 */
export interface Type<V extends Views = Views> {
  /** Carries the views for inference; never set. */
  readonly views?: V;
  readonly cty: Cty;
  decode(plain: Exclude<Plain, null | Unknown>, path: Path): unknown;
  encode(value: unknown, path: Path, view: View): Plain;
  /** A text that two values share exactly when Terraform would call them equal. */
  key(value: unknown): string;
  /** No unknown anywhere inside. */
  isKnown(value: unknown): boolean;
  /** Present where the value holds objects with attributes of their own. */
  readonly nested?: Nested;
}

/** The three values that the plan pipeline looks at side by side; null where there is nothing. */
export interface Triple {
  readonly config: Obj | null;
  readonly prior: Obj | null;
  readonly planned: Obj;
}

/** The objects inside a value that have attributes of their own, and the way back from them to the value. */
export interface Nested {
  readonly mode: 'single' | 'list' | 'set' | 'map';
  readonly attributes: Attributes;
  /** Each object of the planned value with its counterparts; what is no object (null, unknown, a wrong shape) is left out. */
  children(config: unknown, prior: unknown, planned: unknown): readonly (Triple & { readonly step?: Step })[];
  /** The planned value again, from what has become of its children, in their order. */
  rebuild(planned: unknown, children: readonly Obj[]): unknown;
}

export type ViewOf<T extends Type, W extends View> = NonNullable<T['views']>[W];

/** Reads a plain value; null and unknown stay what they are. */
export function decode(type: Type, plain: Plain | undefined, path: Path): unknown {
  if (plain === null || plain === undefined) return null;
  return isUnknown(plain) ? plain : type.decode(plain as Exclude<Plain, null | Unknown>, path);
}

/** Writes a value for the wire; null and unknown stay what they are. */
export function encode(type: Type, value: unknown, path: Path, view: View): Plain {
  if (value === null) return null;
  if (value === undefined) throw wrongShape(path, 'is missing');
  if (!isUnknown(value)) return type.encode(value, path, view);
  if (view === 'state') throw wrongShape(path, 'is still unknown');
  return value;
}

export function keyOf(type: Type, value: unknown): string {
  if (value === null || value === undefined) return '~';
  return isUnknown(value) ? '?' : type.key(value);
}

/** Equal as Terraform sees it: sets in any order, numbers by value; unknown equals only unknown. */
export function same(type: Type, a: unknown, b: unknown): boolean {
  return a === b || keyOf(type, a) === keyOf(type, b);
}

export function isWhollyKnown(type: Type, value: unknown): boolean {
  return value === null || value === undefined || (!isUnknown(value) && type.isKnown(value));
}

/** The refusal of a value that does not have the shape its schema promises: a bug of the provider, never of the user. */
export function wrongShape(path: Path, what: string) {
  return failure(
    'The provider has produced a value of the wrong shape',
    `The value ${what}. This is a bug in the provider; please report it.`,
    path,
  );
}

/** The refusal of a value that Terraform handed in: it comes from a state file, or from a client that is not Terraform. */
export function misread(path: Path, wanted: string) {
  return failure(
    'A value does not fit the schema',
    `${wanted} is needed here. If it comes from a state file, that was written by another version of the provider.`,
    path,
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isUnknown(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function refuseExtraKeys(value: object, names: readonly string[], path: Path): void {
  const extra = Object.keys(value).find((name) => !names.includes(name));
  if (extra !== undefined) throw wrongShape([...path, { attribute: extra }], 'is not in the schema');
}

/** `__proto__` is a legal map key in HCL, so records are built without a prototype. */
export function mapRecord<A, B>(record: Readonly<Record<string, A>>, change: (value: A, name: string) => B) {
  const result: Record<string, B> = Object.create(null);
  for (const name of Object.keys(record)) result[name] = change(record[name] as A, name);
  return result;
}

export function recordKey(value: unknown, key: (item: unknown, name: string) => string): string {
  const record = value as Record<string, unknown>;
  return `<${Object.keys(record)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${key(record[name], name)}`)}>`;
}
