import { diagnosticsOf, Failure } from '../diagnostics';
import { type FunctionCall, functionFailure, type Parameter, type Parameters } from '../function';
import type { Provider } from '../provider';
import { decodeObject, encode, isWhollyKnown, wrongShape } from '../schema/codec';
import { attributePath, type Path, root } from '../schema/path';
import type { ObjectValue, Type } from '../schema/schema';
import type { WireValue } from '../schema/unknown';
import { withDefaults } from './plan';
import { validateConfig } from './validate';

/** The operation on functions, which need no configured provider. */
export interface FunctionOperations {
  call(name: string, wire: readonly WireValue[]): Promise<FunctionOutcome>;
}

export type FunctionOutcome = { readonly result: WireValue } | { readonly error: FunctionError };

export interface FunctionError {
  readonly text: string;
  /** Which argument it is about, counted from 0 over all of them. */
  readonly argument?: number;
}

export function functionOperations<Client>({ functions = [] }: Provider<Client>): FunctionOperations {
  const definitions = new Map(functions.map(({ name, definition }) => [name, definition]));
  return {
    async call(name, wire) {
      const definition = definitions.get(name);
      try {
        if (definition === undefined) throw notFound(name);
        const { parameters, returns } = definition;
        const given = argumentsOf(parameters, wire);
        const result = await definition.run(given as never, { argumentError });
        return { result: encodeResult(returns, result, isKnown(parameters, given)) };
      } catch (thrown) {
        return { error: errorOf(thrown, definition?.parameters ?? {}) };
      }
    },
  };
}

const argumentError: FunctionCall<Parameters>['argumentError'] = (parameter, text, index) =>
  functionFailure(text, pathTo(parameter, index));

function pathTo(parameter: string, index?: number): Path {
  const path = attributePath(root, parameter);
  return index === undefined ? path : [...path, { index }];
}

function argumentsOf(parameters: Parameters, wire: readonly WireValue[]): ObjectValue {
  const entries = Object.entries(parameters);
  const single = entries.filter(([, { isVariadic }]) => !isVariadic);
  if (wire.length < single.length || (wire.length > single.length && single.length === entries.length)) {
    throw functionFailure(`It takes ${single.length} arguments, and was given ${wire.length}.`);
  }
  return Object.fromEntries(
    entries.map(([name, parameter], position) => [
      name,
      parameter.isVariadic
        ? wire.slice(position).map((one, index) => argumentOf(name, parameter, one, pathTo(name, index)))
        : argumentOf(name, parameter, wire[position] ?? null, pathTo(name)),
    ]),
  );
}

/** One argument with the defaults inside it, checked as a configuration is. */
function argumentOf(name: string, parameter: Parameter, wire: WireValue, path: Path): unknown {
  const [attributes, config] = [{ [name]: parameter }, { [name]: wire }];
  const problems = validateConfig(attributes, config, undefined, false);
  if (problems.length > 0) throw new Failure(problems.map((problem) => ({ ...problem, path })));
  const value = withDefaults(attributes, decodeObject(attributes, config, root))[name];
  if (!parameter.allowUnknown && !isWhollyKnown(parameter.type, value)) {
    throw functionFailure(`"${name}" must be known. This is a bug in Terraform or OpenTofu.`, path);
  }
  return value;
}

function isKnown(parameters: Parameters, given: ObjectValue): boolean {
  return Object.entries(parameters).every(([name, { type, isVariadic }]) => {
    const value = given[name];
    return isVariadic
      ? (value as unknown[]).every((one) => isWhollyKnown(type, one))
      : isWhollyKnown(type, value);
  });
}

/** Within the result, no step may be taken for a parameter. */
const resultPath: Path = [{ key: 'result' }];

/** Only what was made of something unknown may be unknown. */
function encodeResult(type: Type, result: unknown, isKnown: boolean): WireValue {
  if (result === null) throw wrongShape(resultPath, 'is null');
  return encode(type, result, resultPath, isKnown ? 'state' : 'proposed');
}

function notFound(name: string): Failure {
  return functionFailure(
    `This provider has no function "${name}". Check the name and the provider's version.`,
  );
}

/**
 * An error in the form that functions have: a text, to which engines add a full stop, and, if it is about an argument,
 * the position of that.
 */
function errorOf(thrown: unknown, parameters: Parameters): FunctionError {
  const errors = diagnosticsOf(thrown).filter(({ severity }) => severity === 'error');
  const text = errors
    .map(({ detail }) => detail)
    .join('\n')
    .replace(/\.$/, '');
  const [first, second] = errors[0]?.path ?? [];
  const name = first && 'attribute' in first ? first.attribute : '';
  const position = Object.keys(parameters).indexOf(name);
  if (position < 0) return { text };
  const index = parameters[name]?.isVariadic && second && 'index' in second ? second.index : 0;
  return { text, argument: position + index };
}
