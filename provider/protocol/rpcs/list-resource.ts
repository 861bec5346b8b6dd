import type { ListEvent, ListResourceOperations } from '../../framework/operations/list-resource';
import type { ListResource_Event, ProviderServer } from '../generated/tfplugin6';
import type { Rpc } from '../rpc';
import { wireDiagnostics } from '../wire/diagnostics';
import { wireIdentity } from '../wire/identity';
import { fromWire, toWire } from '../wire/values';

export const listResourceMethods = ['validateListResourceConfig', 'listResource'] as const;

/** The RPCs of list resources. */
export function listResourceRpcs(
  operations: ListResourceOperations,
  rpc: Rpc,
): Pick<ProviderServer, (typeof listResourceMethods)[number]> {
  return {
    validateListResourceConfig: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      ({ typeName, config }) => ({
        diagnostics: wireDiagnostics(operations.validate(typeName, fromWire(config))),
      }),
    ),

    listResource: rpc.serverStream(
      (diagnostic) => ({ identity: undefined, displayName: '', resourceObject: undefined, diagnostic }),
      async function* ({ typeName, config, includeResourceObject, limit }, cancelled) {
        const events = operations.list(typeName, {
          config: fromWire(config),
          limit: Number(limit),
          includeResource: includeResourceObject,
          cancelled,
        });
        for await (const event of events) yield wireEvent(event);
      },
    ),
  };
}

function wireEvent({ identity, displayName, resource, diagnostics }: ListEvent): ListResource_Event {
  return {
    identity: wireIdentity(identity),
    displayName,
    resourceObject: resource === null ? undefined : toWire(resource),
    diagnostic: wireDiagnostics(diagnostics),
  };
}
