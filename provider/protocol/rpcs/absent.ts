import type { handleUnaryCall } from '@grpc/grpc-js';
import { errorDiagnostic } from '../../framework/diagnostics';
import type { Diagnostic, ProviderServer } from '../generated/tfplugin6';
import { onlyEvent, unaryRpcs } from '../rpc';
import { wireDiagnostics } from '../wire/diagnostics';

// What is asked for by name holds no secret.
const unary = unaryRpcs((text) => text);

type Absent =
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
export const absent: Pick<ProviderServer, Absent> = {
  moveResourceState: refusing((r) => `move from "${r.sourceTypeName}" to "${r.targetTypeName}"`, {
    targetPrivate: Buffer.alloc(0),
  }),
  generateResourceConfig: refusing((r) => `generated configuration for "${r.typeName}"`, {}),
  validateEphemeralResourceConfig: refusing((r) => `ephemeral resource "${r.typeName}"`, {}),
  openEphemeralResource: refusing((r) => `ephemeral resource "${r.typeName}"`, {}),
  renewEphemeralResource: refusing((r) => `ephemeral resource "${r.typeName}"`, {}),
  closeEphemeralResource: refusing((r) => `ephemeral resource "${r.typeName}"`, {}),
  validateListResourceConfig: refusing((r) => `list resource "${r.typeName}"`, {}),
  listResource: onlyEvent((r) => ({
    identity: undefined,
    displayName: '',
    resourceObject: undefined,
    diagnostic: notOffered(`list resource "${r.typeName}"`),
  })),
  callFunction: unary(
    (diagnostics) => ({
      result: undefined,
      error: { text: diagnostics[0]?.detail ?? '', functionArgument: undefined },
    }),
    (r) => ({
      result: undefined,
      error: { text: notOffered(`function "${r.name}"`)[0]?.detail ?? '', functionArgument: undefined },
    }),
  ),
  validateActionConfig: refusing((r) => `action "${r.typeName}"`, {}),
  planAction: refusing((r) => `action "${r.actionType}"`, {}),
  invokeAction: onlyEvent((r) => ({
    type: { $case: 'completed', value: { diagnostics: notOffered(`action "${r.actionType}"`) } },
  })),
  validateStateStoreConfig: refusing((r) => `state store "${r.typeName}"`, {}),
  configureStateStore: refusing((r) => `state store "${r.typeName}"`, {}),
  readStateBytes: onlyEvent((r) => ({
    bytes: Buffer.alloc(0),
    totalLength: 0n,
    range: undefined,
    diagnostics: notOffered(`state store "${r.typeName}"`),
  })),
  writeStateBytes(call, callback) {
    call.on('data', () => {});
    call.on('end', () => callback(null, { diagnostics: notOffered('state store') }));
    call.on('error', () => {});
  },
  lockState: refusing((r) => `state store "${r.typeName}"`, { lockId: '' }),
  unlockState: refusing((r) => `state store "${r.typeName}"`, {}),
  getStates: refusing((r) => `state store "${r.typeName}"`, { stateId: [] }),
  deleteState: refusing((r) => `state store "${r.typeName}"`, {}),
};

function notOffered(what: string): Diagnostic[] {
  return wireDiagnostics([
    errorDiagnostic(
      'Not offered by this provider',
      `There is no ${what} in this provider. Check the name and the provider's version.`,
    ),
  ]);
}

/** An RPC that answers with nothing but the diagnostic; `rest` are the answer's other fields, empty. */
function refusing<Q, R extends { diagnostics: Diagnostic[] }>(
  what: (request: Q) => string,
  rest: NoInfer<Omit<R, 'diagnostics'>>,
): handleUnaryCall<Q, R> {
  const answer = (diagnostics: Diagnostic[]) => ({ ...rest, diagnostics }) as R;
  return unary(answer, (request) => answer(notOffered(what(request))));
}
