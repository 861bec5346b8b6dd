import type { FunctionOperations } from '../../framework/operations/function';
import type { ProviderServer } from '../generated/tfplugin6';
import type { Rpc } from '../rpc';
import { fromWire, toWire } from '../wire/values';

export const functionMethods = ['callFunction'] as const;

/** The RPC of functions. */
export function functionRpcs(
  operations: FunctionOperations,
  rpc: Rpc,
): Pick<ProviderServer, (typeof functionMethods)[number]> {
  return {
    callFunction: rpc.unary(
      (diagnostics) => ({
        result: undefined,
        error: { text: diagnostics.map(({ detail }) => detail).join('\n'), functionArgument: undefined },
      }),
      async ({ name, arguments: given }) => {
        const outcome = await operations.call(name, given.map(fromWire));
        if ('result' in outcome) return { result: toWire(outcome.result), error: undefined };
        const { text, argument } = outcome.error;
        const functionArgument = argument === undefined ? undefined : BigInt(argument);
        return { result: undefined, error: { text, functionArgument } };
      },
    ),
  };
}
