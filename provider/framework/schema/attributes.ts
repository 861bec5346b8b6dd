import type { Modifier } from './modifiers';
import type { Attribute, Presence, ReadonlyPrivateState, Type, ViewOf } from './schema';
import type { Unknown } from './unknown';
import type { Validator } from './validators';

interface Options<T extends Type> {
  readonly description: string;
  readonly sensitive?: boolean;
  readonly deprecated?: string;
  readonly defaultText?: string;
  readonly environment?: readonly string[];
  readonly validate?: readonly Validator<ViewOf<T, 'config'>>[];
  readonly plan?: readonly Modifier[];
  readonly equivalent?: (
    earlier: ViewOf<T, 'state'>,
    later: ViewOf<T, 'state'>,
    stored: ReadonlyPrivateState,
  ) => boolean;
}

type RequiredViews<T extends Type> = {
  config: ViewOf<T, 'config'> | Unknown;
  known: ViewOf<T, 'known'>;
  proposed: ViewOf<T, 'proposed'> | Unknown;
  plan: ViewOf<T, 'plan'>;
  state: ViewOf<T, 'state'>;
};
type OptionalViews<T extends Type> = {
  config: ViewOf<T, 'config'> | Unknown | null;
  known: ViewOf<T, 'known'> | null;
  proposed: ViewOf<T, 'proposed'> | Unknown | null;
  plan: ViewOf<T, 'plan'> | null;
  state: ViewOf<T, 'state'> | null;
};
type DefaultedViews<T extends Type> = {
  config: ViewOf<T, 'config'> | Unknown | null;
  known: ViewOf<T, 'known'> | null;
  proposed: ViewOf<T, 'proposed'> | Unknown;
  plan: ViewOf<T, 'plan'>;
  state: ViewOf<T, 'state'>;
};
type ComputedViews<T extends Type, Set, Null> = {
  config: Set | null;
  known: ([Set] extends [never] ? never : ViewOf<T, 'known'>) | null;
  proposed: ViewOf<T, 'proposed'> | Unknown | Null;
  plan: ViewOf<T, 'plan'> | Unknown | Null;
  state: ViewOf<T, 'state'> | Null;
};
type WriteOnlyViews<T extends Type> = {
  config: ViewOf<T, 'config'> | Unknown | null;
  known: ViewOf<T, 'known'> | null;
  proposed: null;
  plan: null;
  state: null;
};

/** Any attribute, with what its options leave out. */
export function createAttribute(
  type: Type,
  presence: Presence,
  options: Options<Type> & Partial<Attribute>,
): Attribute {
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

/** The user must set it. */
export function required<T extends Type>(type: T, options: Options<T>): Attribute<RequiredViews<T>> {
  return createAttribute(type, 'required', options as Options<Type>) as Attribute<RequiredViews<T>>;
}

/** The user may set it; with a `default` it is never null once planned. */
export function optional<T extends Type>(
  type: T,
  options: Options<T> & { readonly default: ViewOf<T, 'state'> },
): Attribute<DefaultedViews<T>>;
export function optional<T extends Type>(type: T, options: Options<T>): Attribute<OptionalViews<T>>;
export function optional(type: Type, options: Options<Type> & { readonly default?: unknown }): Attribute {
  return createAttribute(type, options.default === undefined ? 'optional' : 'optional+computed', options);
}

/** The provider sets it. Once everything is known, it can be null only if it is `nullable`. */
export function computed<T extends Type>(
  type: T,
  options: Options<T> & { readonly nullable: true },
): Attribute<ComputedViews<T, never, null>>;
export function computed<T extends Type>(
  type: T,
  options: Options<T>,
): Attribute<ComputedViews<T, never, never>>;
export function computed(type: Type, options: Options<Type> & { readonly nullable?: boolean }): Attribute {
  return createAttribute(type, 'computed', options);
}

/** The user may set it; if not, the provider does. */
export function optionalComputed<T extends Type>(
  type: T,
  options: Options<T>,
): Attribute<ComputedViews<T, ViewOf<T, 'config'> | Unknown, never>> {
  return createAttribute(type, 'optional+computed', options as Options<Type>) as never;
}

/** The user may set it. It reaches the handlers in the configuration, and is never kept in plan or state. */
export function writeOnly<T extends Type>(type: T, options: Options<T>): Attribute<WriteOnlyViews<T>> {
  return createAttribute(type, 'optional', { ...(options as Options<Type>), writeOnly: true }) as Attribute<
    WriteOnlyViews<T>
  >;
}
