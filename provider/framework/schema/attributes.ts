import type { Modifier } from './modifiers';
import { type Path, attribute as step } from './path';
import {
  decode,
  encode,
  isRecord,
  isWhollyKnown,
  keyOf,
  mapRecord,
  misread,
  refuseExtraKeys,
  type Type,
  type View,
  type ViewOf,
  type Views,
  wrongShape,
} from './schema';
import type { Plain, Unknown } from './unknown';
import type { Validator } from './validators';

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
  readonly otherwise?: string;
  /** The environment variables that the provider reads where the configuration is null, the first one set wins. */
  readonly environment: readonly string[];
  readonly validate: readonly Validator<never>[];
  readonly plan: readonly Modifier[];
  /** Two values that mean the same to the service; the earlier one is kept, so that no drift shows. */
  readonly equivalent?: (a: never, b: never) => boolean;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** The value of a whole schema in one of the four views. */
export type ObjectView<A extends Attributes, W extends View> = {
  readonly [N in keyof A]: NonNullable<A[N]['views']>[W];
};

interface Common<T extends Type> {
  readonly description: string;
  readonly sensitive?: boolean;
  readonly deprecated?: string;
  readonly otherwise?: string;
  readonly environment?: readonly string[];
  readonly validate?: readonly Validator<ViewOf<T, 'config'>>[];
  readonly plan?: readonly Modifier[];
  readonly equivalent?: (a: ViewOf<T, 'state'>, b: ViewOf<T, 'state'>) => boolean;
}

type Required<T extends Type> = {
  config: ViewOf<T, 'config'> | Unknown;
  proposed: ViewOf<T, 'proposed'> | Unknown;
  plan: ViewOf<T, 'plan'>;
  state: ViewOf<T, 'state'>;
};
type Optional<T extends Type> = {
  config: ViewOf<T, 'config'> | Unknown | null;
  proposed: ViewOf<T, 'proposed'> | Unknown | null;
  plan: ViewOf<T, 'plan'> | null;
  state: ViewOf<T, 'state'> | null;
};
type Defaulted<T extends Type> = {
  config: ViewOf<T, 'config'> | Unknown | null;
  proposed: ViewOf<T, 'proposed'> | Unknown;
  plan: ViewOf<T, 'plan'>;
  state: ViewOf<T, 'state'>;
};
type Computed<T extends Type, Set, Null> = {
  config: Set | null;
  proposed: ViewOf<T, 'proposed'> | Unknown | Null;
  plan: ViewOf<T, 'plan'> | Unknown | Null;
  state: ViewOf<T, 'state'> | Null;
};
type WriteOnly<T extends Type> = {
  config: ViewOf<T, 'config'> | Unknown | null;
  proposed: null;
  plan: null;
  state: null;
};

function make(type: Type, presence: Presence, options: Common<Type> & Partial<Attribute>): Attribute {
  return {
    nullable: presence === 'optional',
    sensitive: false,
    writeOnly: false,
    environment: [],
    ...options,
    validate: (options.validate ?? []) as readonly Validator<never>[],
    plan: options.plan ?? [],
    type,
    presence,
  };
}

/** The person must set it. */
export function required<T extends Type>(type: T, options: Common<T>): Attribute<Required<T>> {
  return make(type, 'required', options as Common<Type>) as Attribute<Required<T>>;
}

/** The person may set it; with a `default` it is never null once planned. */
export function optional<T extends Type>(
  type: T,
  options: Common<T> & { readonly default: ViewOf<T, 'state'> },
): Attribute<Defaulted<T>>;
export function optional<T extends Type>(type: T, options: Common<T>): Attribute<Optional<T>>;
export function optional(type: Type, options: Common<Type> & { readonly default?: unknown }): Attribute {
  return make(type, options.default === undefined ? 'optional' : 'optional+computed', options);
}

/** The provider sets it. Once everything is known it is null only where it is `nullable`. */
export function computed<T extends Type>(
  type: T,
  options: Common<T> & { readonly nullable: true },
): Attribute<Computed<T, never, null>>;
export function computed<T extends Type>(type: T, options: Common<T>): Attribute<Computed<T, never, never>>;
export function computed(type: Type, options: Common<Type> & { readonly nullable?: boolean }): Attribute {
  return make(type, 'computed', options);
}

/** The person may set it; where they do not, the provider does. */
export function optionalComputed<T extends Type>(
  type: T,
  options: Common<T>,
): Attribute<Computed<T, ViewOf<T, 'config'> | Unknown, never>> {
  return make(type, 'optional+computed', options as Common<Type>) as never;
}

/** The person may set it; it reaches the handlers in the configuration and is never kept in plan or state. */
export function writeOnly<T extends Type>(type: T, options: Common<T>): Attribute<WriteOnly<T>> {
  return make(type, 'optional', { ...(options as Common<Type>), writeOnly: true }) as Attribute<WriteOnly<T>>;
}

export function isComputed(attribute: Attribute): boolean {
  return attribute.presence === 'computed' || attribute.presence === 'optional+computed';
}

/** A whole value of a schema, its attributes by name. */
export type Obj = Readonly<Record<string, unknown>>;

export function decodeObject(attributes: Attributes, plain: unknown, path: Path): Obj {
  if (!isRecord(plain)) throw misread(path, 'An object');
  return mapRecord(attributes, (attribute, name) =>
    decode(attribute.type, plain[name] as Plain | undefined, step(path, name)),
  );
}

/** Refuses a missing or extra key, a null that the schema does not allow, and whatever the types refuse. */
export function encodeObject(attributes: Attributes, value: Obj, path: Path, view: View): Plain {
  refuseExtraKeys(value, Object.keys(attributes), path);
  return mapRecord(attributes, (attribute, name) => {
    const at = step(path, name);
    if (view === 'state' && value[name] === null && !attribute.nullable) throw wrongShape(at, 'is null');
    return encode(attribute.type, value[name], at, view);
  });
}

export function sameObject(attributes: Attributes, a: Obj, b: Obj): boolean {
  return Object.entries(attributes).every(
    ([name, { type }]) => a[name] === b[name] || keyOf(type, a[name]) === keyOf(type, b[name]),
  );
}

export function isObjectKnown(attributes: Attributes, value: Obj): boolean {
  return Object.entries(attributes).every(([name, { type }]) => isWhollyKnown(type, value[name]));
}
