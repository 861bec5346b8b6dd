import { failure } from '../diagnostics';
import { type Path, root } from './path';
import {
  type Attributes,
  type NamedAttribute,
  namedAttributes,
  type ObjectValue,
  type Type,
  type View,
} from './schema';
import { isUnknown, type Unknown, type WireValue } from './unknown';

/** Reads a wire value; null and unknown stay as they are. */
export function decode(type: Type, wire: WireValue | undefined, path: Path): unknown {
  if (wire === null || wire === undefined) return null;
  return isUnknown(wire) ? wire : type.decode(wire as Exclude<WireValue, null | Unknown>, path);
}

/** Writes a value for the wire; null and unknown stay as they are. */
export function encode(type: Type, value: unknown, path: Path, view: View): WireValue {
  if (value === null) return null;
  if (value === undefined) throw wrongShape(path, 'is missing');
  if (!isUnknown(value)) return type.encode(value, path, view);
  if (view === 'state') throw wrongShape(path, 'is still unknown');
  return value;
}

/** A text that is the same for two values exactly if Terraform considers them equal; "?" if the value is unknown. */
export function keyOf(type: Type, value: unknown): string {
  if (value === null || value === undefined) return '~';
  return isUnknown(value) ? '?' : type.key(value);
}

/** Equal as Terraform sees it: sets in any order, numbers by value; unknown equals only unknown. */
export function same(type: Type, a: unknown, b: unknown): boolean {
  return a === b || keyOf(type, a) === keyOf(type, b);
}

/** Whether there is no unknown anywhere in the value. */
export function isWhollyKnown(type: Type, value: unknown): boolean {
  return value === null || value === undefined || (!isUnknown(value) && type.isKnown(value));
}

/** The path of an attribute, in whatever holds it. */
export function pathOf({ name, topLevelPath }: NamedAttribute, holder: Path): Path {
  return holder === root ? topLevelPath : [...holder, { attribute: name }];
}

export function decodeObject(attributes: Attributes, wire: unknown, path: Path): ObjectValue {
  if (!isRecord(wire)) throw typeMismatch(path, 'An object');
  const result: Record<string, unknown> = {};
  for (const each of namedAttributes(attributes)) {
    const { name, attribute } = each;
    result[name] = decode(attribute.type, wire[name] as WireValue | undefined, pathOf(each, path));
  }
  return result;
}

/**
 * Throws on a missing or extra key, a null that the schema does not allow, a value that does not fit its type, or one that
 * is never kept.
 */
export function encodeObject(attributes: Attributes, value: ObjectValue, path: Path, view: View): WireValue {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(attributes, name)) throw notInSchema(path, name);
  }
  const result: Record<string, WireValue> = {};
  for (const each of namedAttributes(attributes)) {
    const { name, attribute } = each;
    const at = pathOf(each, path);
    if (view === 'state' && value[name] === null && !attribute.nullable) throw wrongShape(at, 'is null');
    if (attribute.writeOnly && (value[name] ?? null) !== null)
      throw wrongShape(at, 'is write-only, and yet kept');
    result[name] = encode(attribute.type, value[name], at, view);
  }
  return result;
}

export function sameObject(attributes: Attributes, a: ObjectValue, b: ObjectValue): boolean {
  return namedAttributes(attributes).every(({ name, attribute }) => same(attribute.type, a[name], b[name]));
}

export function isObjectKnown(attributes: Attributes, value: ObjectValue): boolean {
  return namedAttributes(attributes).every(({ name, attribute }) =>
    isWhollyKnown(attribute.type, value[name]),
  );
}

/** The failure for a value that is not what its schema promises: a bug in the provider, never the user's mistake. */
export function wrongShape(path: Path, what: string) {
  return failure(
    'The provider produced a value of the wrong shape',
    `The value ${what}. This is a bug in the provider; please report it.`,
    path,
  );
}

/** The failure for a value from Terraform that does not fit: it came from a state file, or from some other client. */
export function typeMismatch(path: Path, wanted: string) {
  return failure(
    'A value does not fit the schema',
    `${wanted} is required here. If the value comes from a state file, another version of the provider wrote it: use that version.`,
    path,
  );
}

/** Whether a value is an object with keys and values, not an array, the unknown value or an instance of a class. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isUnknown(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function objectOrNull(value: unknown): ObjectValue | null {
  return isRecord(value) ? value : null;
}

export function assertNoExtraKeys(value: object, names: readonly string[], path: Path): void {
  const extra = Object.keys(value).find((name) => !names.includes(name));
  if (extra !== undefined) throw notInSchema(path, extra);
}

function notInSchema(path: Path, name: string) {
  return wrongShape([...path, { attribute: name }], 'is not in the schema');
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
