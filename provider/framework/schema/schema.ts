import type { Modifier } from './modifiers';
import type { Path, Step } from './path';
import type { Unknown, WireValue } from './unknown';
import type { Validator } from './validators';

/**
 * The type of one value in the places that a provider author meets it: as written in the configuration, the same
 * without anything unknown, in a proposed plan (anything can be unknown), in the plan that is applied (only
 * computed values can be), and in state (nothing can be).
 */
export interface Views {
  readonly config: unknown;
  readonly known: unknown;
  readonly proposed: unknown;
  readonly plan: unknown;
  readonly state: unknown;
}

/** Which of the views a value must satisfy, such as when it is encoded. */
export type View = keyof Views;

/** Terraform's own name for a type, in its JSON form: `"string"`, `["set","string"]`, `["object",{…}]`. */
export type Cty = string | readonly [string, Cty | { readonly [name: string]: Cty }];

/**
 * A type owns everything that depends on it: its name on the wire, reading, writing and equality.
 * These functions are never passed null or unknown: `codec.ts` handles both.
 */
export interface Type<V extends Views = Views> {
  /** Carries the views for inference; never set. */
  readonly views?: V;
  readonly cty: Cty;
  decode(wire: Exclude<WireValue, null | Unknown>, path: Path): unknown;
  encode(value: unknown, path: Path, view: View): WireValue;
  /** A text that is the same for two values exactly if Terraform considers them equal. */
  key(value: unknown): string;
  /** There is no unknown anywhere inside. */
  isKnown(value: unknown): boolean;
  /** Present if the value holds objects with attributes of their own. */
  readonly nested?: Nested;
}

export type ViewOf<T extends Type, W extends View> = NonNullable<T['views']>[W];

/** Takes the objects with attributes of their own out of a value, and puts them back. */
export interface Nested {
  readonly mode: 'single' | 'list' | 'set' | 'map';
  readonly attributes: Attributes;
  /** Each object of the planned value with its counterparts; null, unknown and wrong shapes are left out. */
  children(config: unknown, prior: unknown, planned: unknown): readonly (Triple & { readonly step?: Step })[];
  /** The planned value with these children in place of its own, in the same order. */
  rebuild(planned: unknown, children: readonly ObjectValue[]): unknown;
}

/** The three values that the plan pipeline looks at side by side; null if there is none. */
export interface Triple {
  readonly config: ObjectValue | null;
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue;
}

/** Who may set an attribute: the user, the provider, or the provider only if the user does not. */
export type Presence = 'required' | 'optional' | 'computed' | 'optional+computed';

/** One attribute of a schema: its type, who sets it, and what Terraform and users should know about it. */
export interface Attribute<V extends Views = Views> {
  readonly views?: V;
  readonly type: Type;
  readonly presence: Presence;
  readonly description: string;
  readonly sensitive: boolean;
  readonly writeOnly: boolean;
  readonly deprecated?: string;
  /** A computed value may stay null once everything is known. */
  readonly nullable: boolean;
  /** What a null in the configuration means; to Terraform, such an attribute is computed. */
  readonly default?: unknown;
  /** For the documentation: the default that the provider applies itself, as Markdown, such as `"30s"` in backticks. */
  readonly defaultText?: string;
  /** The environment variables that the provider reads if the configuration is null; the first that is set wins. */
  readonly environment: readonly string[];
  readonly validate: readonly Validator<never>[];
  readonly plan: readonly Modifier[];
  /** Whether two values mean the same to the service. If so, the earlier one is kept, and there is no drift. */
  readonly equivalent?: (earlier: never, later: never, stored: ReadonlyPrivateState) => boolean;
}

/** What the resource's private state holds. */
export interface ReadonlyPrivateState {
  get(key: string): unknown;
}

export const noPrivateState: ReadonlyPrivateState = { get: () => undefined };

export function isComputed(attribute: Attribute): boolean {
  return attribute.presence === 'computed' || attribute.presence === 'optional+computed';
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** One attribute of a schema with its name, and its path if the schema is that of the whole resource or provider. */
export interface NamedAttribute {
  readonly name: string;
  readonly attribute: Attribute;
  readonly topLevelPath: Path;
}

const named = new WeakMap<Attributes, readonly NamedAttribute[]>();

/** The attributes as a list, which is made once for each schema. */
export function namedAttributes(attributes: Attributes): readonly NamedAttribute[] {
  let list = named.get(attributes);
  if (!list) {
    list = Object.entries(attributes).map(([name, attribute]) => ({
      name,
      attribute,
      topLevelPath: [{ attribute: name }],
    }));
    named.set(attributes, list);
  }
  return list;
}

/** The attributes with those that `may` is true for allowed to be null, in a state as well. */
export function mayBeNull(
  attributes: Attributes,
  may: (attribute: Attribute, name: string) => boolean,
): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      may(attribute, name) ? { ...attribute, nullable: true } : attribute,
    ]),
  );
}

/** The value of a whole schema in one of the views. */
export type ObjectView<A extends Attributes, W extends View> = {
  readonly [N in keyof A]: NonNullable<A[N]['views']>[W];
};

/** A whole value of a schema: its attributes by name. */
export type ObjectValue = Readonly<Record<string, unknown>>;
