import type { handleUnaryCall } from '@grpc/grpc-js';
import { failure } from '../../framework/diagnostics';
import type { Diagnostic, ProviderServer } from '../generated/tfplugin6';
import type { Rpc } from '../rpc';

export const notOfferedMethods = [
  'validateStateStoreConfig',
  'configureStateStore',
  'readStateBytes',
  'writeStateBytes',
  'lockState',
  'unlockState',
  'getStates',
  'deleteState',
] as const;

/**
 * The RPCs of what no provider here offers: state stores. Terraform calls them only for types in the schema, so only other
 * clients ever see an answer: a diagnostic that names what was asked for.
 */
export function notOfferedRpcs(rpc: Rpc): Pick<ProviderServer, (typeof notOfferedMethods)[number]> {
  /** An RPC that answers with nothing but the diagnostic; `rest` has the answer's other fields, empty. */
  const unary = <Q extends { typeName: string }, A extends { diagnostics: Diagnostic[] }>(
    rest: NoInfer<Omit<A, 'diagnostics'>>,
  ): handleUnaryCall<Q, A> =>
    rpc.unary(
      (diagnostics) => ({ ...rest, diagnostics }) as A,
      (request) => fail((request as Q).typeName),
    );

  return {
    validateStateStoreConfig: unary({}),
    configureStateStore: unary({}),
    readStateBytes: rpc.serverStream(
      (diagnostics) => ({ bytes: Buffer.alloc(0), totalLength: 0n, range: undefined, diagnostics }),
      ({ typeName }) => fail(typeName),
    ),
    writeStateBytes: rpc.clientStream(
      (diagnostics) => ({ diagnostics }),
      () => fail(),
    ),
    lockState: unary({ lockId: '' }),
    unlockState: unary({}),
    getStates: unary({ stateId: [] }),
    deleteState: unary({}),
  };
}

function fail(typeName?: string): never {
  const what = typeName === undefined ? 'state store' : `state store "${typeName}"`;
  throw failure(
    'Not offered by this provider',
    `There is no ${what} in this provider. Check the name and the provider's version.`,
  );
}
