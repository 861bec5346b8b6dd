import type { EphemeralResourceOperations } from '../../framework/operations/ephemeral-resource';
import type { ProviderServer } from '../generated/tfplugin6';
import type { Rpc } from '../rpc';
import { wireDiagnostics } from '../wire/diagnostics';
import { fromWire, toWire } from '../wire/values';

export const ephemeralResourceMethods = [
  'validateEphemeralResourceConfig',
  'openEphemeralResource',
  'renewEphemeralResource',
  'closeEphemeralResource',
] as const;

/** The RPCs of ephemeral resources. */
export function ephemeralResourceRpcs(
  operations: EphemeralResourceOperations,
  rpc: Rpc,
): Pick<ProviderServer, (typeof ephemeralResourceMethods)[number]> {
  return {
    validateEphemeralResourceConfig: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      ({ typeName, config }) => ({
        diagnostics: wireDiagnostics(operations.validate(typeName, fromWire(config))),
      }),
    ),

    openEphemeralResource: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      async ({ typeName, config }) => {
        const {
          result,
          private: kept,
          renewAt,
          diagnostics,
        } = await operations.open(typeName, fromWire(config));
        return {
          diagnostics: wireDiagnostics(diagnostics),
          result: result === null ? undefined : toWire(result),
          private: Buffer.from(kept),
          renewAt,
        };
      },
    ),

    renewEphemeralResource: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      async ({ typeName, private: given }) => {
        const {
          private: kept,
          renewAt,
          diagnostics,
        } = await operations.renew(typeName, given ?? Buffer.alloc(0));
        return { diagnostics: wireDiagnostics(diagnostics), private: Buffer.from(kept), renewAt };
      },
    ),

    closeEphemeralResource: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      async ({ typeName, private: given }) => {
        const { diagnostics } = await operations.close(typeName, given ?? Buffer.alloc(0));
        return { diagnostics: wireDiagnostics(diagnostics) };
      },
    ),
  };
}
