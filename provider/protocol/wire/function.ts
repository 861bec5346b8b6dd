import type { Parameter, ProviderFunction } from '../../framework/function';
import type { Provider } from '../../framework/provider';
import { describe } from '../../framework/schema/describe';
import { type Function_Parameter, type FunctionMessage, StringKind } from '../generated/tfplugin6';
import { parameterType, wireType } from './type';

/** Every function of a provider, by its name. */
export function functionSchemas<C>({ functions = [] }: Provider<C>): Record<string, FunctionMessage> {
  return Object.fromEntries(functions.map((each) => [each.name, functionSchema(each)]));
}

function functionSchema({ definition }: ProviderFunction): FunctionMessage {
  const { parameters, returns, summary, description, deprecated = '' } = definition;
  const entries = Object.entries(parameters);
  const variadic = entries.find(([, { isVariadic }]) => isVariadic);
  return {
    parameters: entries.filter(([, { isVariadic }]) => !isVariadic).map(wireParameter),
    variadicParameter: variadic && wireParameter(variadic),
    return: { type: wireType(returns.cty) },
    summary,
    description,
    descriptionKind: StringKind.MARKDOWN,
    deprecationMessage: deprecated,
  };
}

function wireParameter([name, parameter]: readonly [string, Parameter]): Function_Parameter {
  return {
    name,
    type: wireType(parameterType(parameter.type)),
    allowNullValue: parameter.presence === 'optional',
    allowUnknownValues: parameter.allowUnknown,
    description: describe(parameter),
    descriptionKind: StringKind.MARKDOWN,
  };
}
