import type { Modifier } from './modifiers';
import type { Path, Step } from './path';
import type { Unknown, WireValue } from './unknown';
import type { Validator } from './validators';

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

/** Which of the four views a value must satisfy when it is encoded. */
export type View = keyof Views;

/** Terraform's own name of a type, in its JSON form: `"string"`, `["set","string"]`, `["object",{…}]`. */
export type Cty = string | readonly [string, Cty | { readonly [name: string]: Cty }];

/**
 * A type owns everything that depends on it: its name on the wire, reading, writing and equality.
 * Null and unknown are never passed to these functions: the functions of `codec.ts` see to them.
 */
export interface Type<V extends Views = Views> {
  /** Carries the views for inference; never set. */
  readonly views?: V;
  readonly cty: Cty;
  decode(wire: Exclude<WireValue, null | Unknown>, path: Path): unknown;
  encode(value: unknown, path: Path, view: View): WireValue;
  /** A text that two values share exactly when Terraform would call them equal. */
  key(value: unknown): string;
  /** No unknown anywhere inside. */
  isKnown(value: unknown): boolean;
  /** Present where the value holds objects with attributes of their own. */
  readonly nested?: Nested;
}

export type ViewOf<T extends Type, W extends View> = NonNullable<T['views']>[W];

/** The objects inside a value that have attributes of their own, and the way back from them to the value. */
export interface Nested {
  readonly mode: 'single' | 'list' | 'set' | 'map';
  readonly attributes: Attributes;
  /** Each object of the planned value with its counterparts; what is no object (null, unknown, a wrong shape) is left out. */
  children(config: unknown, prior: unknown, planned: unknown): readonly (Triple & { readonly step?: Step })[];
  /** The planned value again, from what has become of its children, in their order. */
  rebuild(planned: unknown, children: readonly ObjectValue[]): unknown;
}

/** The three values that the plan pipeline looks at side by side; null where there is nothing. */
export interface Triple {
  readonly config: ObjectValue | null;
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue;
}

/** Who may set an attribute: the person, the provider, or the person first and else the provider. */
export type Presence = 'required' | 'optional' | 'computed' | 'optional+computed';

/** One attribute of a schema: a type, who sets it, and what Terraform and people should know about it. */
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
  /** What a null in the configuration means; makes the attribute computed for Terraform. */
  readonly default?: unknown;
  /** For people: the value that the provider takes where nothing gives one, as Markdown: `"30s"` in backticks. */
  readonly defaultText?: string;
  /** The environment variables that the provider reads where the configuration is null, the first one set wins. */
  readonly environment: readonly string[];
  readonly validate: readonly Validator<never>[];
  readonly plan: readonly Modifier[];
  /** Two values that mean the same to the service; the earlier one is kept, so that no drift shows. */
  readonly equivalent?: (a: never, b: never) => boolean;
}

export function isComputed(attribute: Attribute): boolean {
  return attribute.presence === 'computed' || attribute.presence === 'optional+computed';
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** The value of a whole schema in one of the four views. */
export type ObjectView<A extends Attributes, W extends View> = {
  readonly [N in keyof A]: NonNullable<A[N]['views']>[W];
};

/** A whole value of a schema, its attributes by name. */
export type ObjectValue = Readonly<Record<string, unknown>>;
