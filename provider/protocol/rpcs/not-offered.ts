import type { handleUnaryCall } from '@grpc/grpc-js';
import { failure } from '../../framework/diagnostics';
import type { Diagnostic, ProviderServer } from '../generated/tfplugin6';
import type { Rpc } from '../rpc';

type NotOffered =
  | 'moveResourceState'
  | 'generateResourceConfig'
  | 'validateEphemeralResourceConfig'
  | 'openEphemeralResource'
  | 'renewEphemeralResource'
  | 'closeEphemeralResource'
  | 'validateListResourceConfig'
  | 'listResource'
  | 'callFunction'
  | 'validateActionConfig'
  | 'planAction'
  | 'invokeAction'
  | 'validateStateStoreConfig'
  | 'configureStateStore'
  | 'readStateBytes'
  | 'writeStateBytes'
  | 'lockState'
  | 'unlockState'
  | 'getStates'
  | 'deleteState';

/**
 * The RPCs of what this provider does not offer. Terraform calls them only for types in the schema, so an
 * answer is needed by other clients alone; each gets a diagnostic that names what was asked for.
 */
export function notOfferedRpcs(rpc: Rpc): Pick<ProviderServer, NotOffered> {
  /** An RPC that answers with nothing but the diagnostic; `rest` are the answer's other fields, empty. */
  const refusing = <Q, R extends { diagnostics: Diagnostic[] }>(
    what: (request: Q) => string,
    rest: NoInfer<Omit<R, 'diagnostics'>>,
  ): handleUnaryCall<Q, R> =>
    rpc.unary(
      (diagnostics) => ({ ...rest, diagnostics }) as R,
      (request) => {
        throw notOffered(what(request as Q));
      },
    );

  return {
    moveResourceState: refusing((r) => `move from "${r.sourceTypeName}" to "${r.targetTypeName}"`, {
      targetPrivate: Buffer.alloc(0),
    }),
    generateResourceConfig: refusing((r) => `generated configuration for "${r.typeName}"`, {}),
    validateEphemeralResourceConfig: refusing((r) => `ephemeral resource "${r.typeName}"`, {}),
    openEphemeralResource: refusing((r) => `ephemeral resource "${r.typeName}"`, {}),
    renewEphemeralResource: refusing((r) => `ephemeral resource "${r.typeName}"`, {}),
    closeEphemeralResource: refusing((r) => `ephemeral resource "${r.typeName}"`, {}),
    validateListResourceConfig: refusing((r) => `list resource "${r.typeName}"`, {}),
    listResource: rpc.serverStream(
      (diagnostic) => ({ identity: undefined, displayName: '', resourceObject: undefined, diagnostic }),
      (r) => {
        throw notOffered(`list resource "${r.typeName}"`);
      },
    ),
    callFunction: rpc.unary(
      ([first]) => ({
        result: undefined,
        error: { text: first?.detail ?? '', functionArgument: undefined },
      }),
      (r) => {
        throw notOffered(`function "${r.name}"`);
      },
    ),
    validateActionConfig: refusing((r) => `action "${r.typeName}"`, {}),
    planAction: refusing((r) => `action "${r.actionType}"`, {}),
    invokeAction: rpc.serverStream(
      (diagnostics) => ({ type: { $case: 'completed', value: { diagnostics } } }),
      (r) => {
        throw notOffered(`action "${r.actionType}"`);
      },
    ),
    validateStateStoreConfig: refusing((r) => `state store "${r.typeName}"`, {}),
    configureStateStore: refusing((r) => `state store "${r.typeName}"`, {}),
    readStateBytes: rpc.serverStream(
      (diagnostics) => ({ bytes: Buffer.alloc(0), totalLength: 0n, range: undefined, diagnostics }),
      (r) => {
        throw notOffered(`state store "${r.typeName}"`);
      },
    ),
    writeStateBytes: rpc.clientStream(
      (diagnostics) => ({ diagnostics }),
      () => {
        throw notOffered('state store');
      },
    ),
    lockState: refusing((r) => `state store "${r.typeName}"`, { lockId: '' }),
    unlockState: refusing((r) => `state store "${r.typeName}"`, {}),
    getStates: refusing((r) => `state store "${r.typeName}"`, { stateId: [] }),
    deleteState: refusing((r) => `state store "${r.typeName}"`, {}),
  };
}

function notOffered(what: string) {
  return failure(
    'Not offered by this provider',
    `There is no ${what} in this provider. Check the name and the provider's version.`,
  );
}
