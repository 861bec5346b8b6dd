import { type Diagnostic, Failure } from './diagnostics';
import { createAttribute } from './schema/attributes';
import type { Path } from './schema/path';
import type { Attribute, Type, ViewOf } from './schema/schema';
import type { Unknown } from './schema/unknown';
import type { Validator } from './schema/validators';

/**
 * A function of the provider, `provider::<provider>::<name>(…)` in a configuration. It must be pure: the same arguments
 * always give the same result, and it sees neither configuration, network nor clock. Terraform calls it before the
 * provider is configured and as often as it likes, and a plan fails if two results differ.
 */
export interface FunctionDefinition<P extends Parameters, R extends Type> {
  /** One line. */
  readonly summary: string;
  readonly description: string;
  readonly parameters: P;
  /** What it returns; never null. */
  readonly returns: R;
  readonly deprecated?: string;
  /** Returns the result or throws; an error about one argument is what {@link FunctionCall.argumentError} makes. */
  run(given: Arguments<P>, call: FunctionCall<P>): Returned<P, R> | Promise<Returned<P, R>>;
}

/** One parameter of a function. */
export interface Parameter<Given = unknown, Partly extends boolean = boolean> extends Attribute {
  /** Carries the types for inference; never set. */
  readonly types?: { readonly given: Given; readonly partly: Partly };
  readonly allowUnknown: boolean;
  readonly isVariadic: boolean;
}

/** The parameters by name, in the order of the call; a variadic one is the last. */
export type Parameters = Readonly<Record<string, Parameter>>;

type TypesOf<P extends Parameter> = NonNullable<P['types']>;

/** The arguments by the names of their parameters; those of a variadic one as an array. */
export type Arguments<P extends Parameters> = { readonly [N in keyof P]: TypesOf<P[N]>['given'] };

/** Only a function with a parameter that can be unknown may return something that is. */
export type Returned<P extends Parameters, R extends Type> = true extends TypesOf<P[keyof P]>['partly']
  ? ViewOf<R, 'proposed'> | Unknown
  : ViewOf<R, 'state'>;

/** What a function is given besides its arguments. */
export interface FunctionCall<P extends Parameters> {
  /**
   * An error about one argument, to be thrown. Do not quote a value in it: any argument may be a secret.
   *
   * @param index which of the arguments of a variadic parameter, from 0
   */
  argumentError(parameter: keyof P & string, text: string, index?: number): Failure;
}

interface ParameterOptions<T extends Type, Null extends boolean, Partly extends boolean> {
  readonly description: string;
  /** Rules for values that are known and not null. The error has the rule, but not why the value breaks it. */
  readonly validate?: readonly Validator<ViewOf<T, 'config'>>[];
  /** Whether it may be null; otherwise null is an error. */
  readonly allowNull?: Null;
  /** Whether it may be unknown, in whole or in part; otherwise the result is unknown and nothing is called. */
  readonly allowUnknown?: Partly;
}

type Given<T extends Type, Null extends boolean, Partly extends boolean> =
  | (Partly extends true ? ViewOf<T, 'proposed'> | Unknown : ViewOf<T, 'state'>)
  | (Null extends true ? null : never);

/** A parameter. One of type `t.nested` is an object whose optional attributes a call may leave out. */
export function parameter<T extends Type, Null extends boolean = false, Partly extends boolean = false>(
  type: T,
  options: ParameterOptions<T, Null, Partly>,
): Parameter<Given<T, NoInfer<Null>, NoInfer<Partly>>, NoInfer<Partly>> {
  return createParameter(type, options as ParameterOptions<Type, boolean, boolean>, false) as never;
}

/** The last parameter, which takes any number of arguments, none included; each of them is as declared. */
export function variadic<T extends Type, Null extends boolean = false, Partly extends boolean = false>(
  type: T,
  options: ParameterOptions<T, Null, Partly>,
): Parameter<readonly Given<T, NoInfer<Null>, NoInfer<Partly>>[], NoInfer<Partly>> {
  return createParameter(type, options as ParameterOptions<Type, boolean, boolean>, true) as never;
}

function createParameter(
  type: Type,
  {
    description,
    validate = [],
    allowNull = false,
    allowUnknown = false,
  }: ParameterOptions<Type, boolean, boolean>,
  isVariadic: boolean,
): Parameter {
  // Engines take marks off before a call, so that every argument has to be treated as sensitive.
  const options = { description, validate, sensitive: true };
  return { ...createAttribute(type, allowNull ? 'optional' : 'required', options), allowUnknown, isVariadic };
}

/** The error of a function. It has no summary, since engines show none. */
export function functionFailure(detail: string, path?: Path): Failure {
  const diagnostic: Diagnostic = { severity: 'error', summary: '', detail, ...(path && { path }) };
  return new Failure([diagnostic]);
}

/** A function as the framework runs it. Its handler was type-checked where it was defined. */
export interface ProviderFunction {
  /** As it is called, without the provider's prefix. */
  readonly name: string;
  readonly definition: FunctionDefinition<Parameters, Type>;
}
