import type { ActionEvent, ActionOperations } from '../../framework/operations/action';
import type { InvokeAction_Event, ProviderServer } from '../generated/tfplugin6';
import type { Rpc } from '../rpc';
import { deferralAllowed, wireDeferred } from '../wire/deferral';
import { wireDiagnostics } from '../wire/diagnostics';
import { fromWire } from '../wire/values';

export const actionMethods = ['validateActionConfig', 'planAction', 'invokeAction'] as const;

/** The RPCs of actions. */
export function actionRpcs(
  operations: ActionOperations,
  rpc: Rpc,
): Pick<ProviderServer, (typeof actionMethods)[number]> {
  return {
    validateActionConfig: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      ({ typeName, config }) => ({
        diagnostics: wireDiagnostics(operations.validate(typeName, fromWire(config))),
      }),
    ),

    planAction: rpc.unary(
      (diagnostics) => ({ diagnostics, deferred: undefined }),
      async ({ actionType, config, clientCapabilities }) => {
        const outcome = await operations.plan(
          actionType,
          fromWire(config),
          deferralAllowed(clientCapabilities),
        );
        return { diagnostics: wireDiagnostics(outcome.diagnostics), deferred: wireDeferred(outcome) };
      },
    ),

    invokeAction: rpc.serverStream(
      (diagnostics) => ({ type: { $case: 'completed', value: { diagnostics } } }),
      async function* ({ actionType, config }, cancelled) {
        const events = operations.invoke(actionType, fromWire(config), cancelled);
        for await (const event of events) yield wireEvent(event);
      },
    ),
  };
}

function wireEvent(event: ActionEvent): InvokeAction_Event {
  return 'progress' in event
    ? { type: { $case: 'progress', value: { message: event.progress } } }
    : { type: { $case: 'completed', value: { diagnostics: wireDiagnostics(event.completed) } } };
}
