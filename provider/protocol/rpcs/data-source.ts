import type { DataSourceOperations } from '../../framework/operations/data-source';
import type { ProviderServer } from '../generated/tfplugin6';
import type { Rpc } from '../rpc';
import { deferralAllowed, wireDeferred } from '../wire/deferral';
import { wireDiagnostics } from '../wire/diagnostics';
import { fromWire, toWire } from '../wire/values';

export const dataSourceMethods = ['validateDataResourceConfig', 'readDataSource'] as const;

/** The RPCs of data sources. */
export function dataSourceRpcs(
  operations: DataSourceOperations,
  rpc: Rpc,
): Pick<ProviderServer, (typeof dataSourceMethods)[number]> {
  return {
    validateDataResourceConfig: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      ({ typeName, config }) => ({
        diagnostics: wireDiagnostics(operations.validate(typeName, fromWire(config))),
      }),
    ),

    readDataSource: rpc.unary(
      (diagnostics) => ({ state: undefined, diagnostics }),
      async ({ typeName, config, clientCapabilities }) => {
        const outcome = await operations.read(
          typeName,
          fromWire(config),
          deferralAllowed(clientCapabilities),
        );
        return {
          state: toWire(outcome.state),
          diagnostics: wireDiagnostics(outcome.diagnostics),
          deferred: wireDeferred(outcome),
        };
      },
    ),
  };
}
