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

/** How a request names what it asks for. */
interface Request {
  readonly typeName?: string;
  readonly actionType?: string;
  readonly name?: string;
}

/**
 * The RPCs of what no provider here offers. Terraform calls them only for types in the schema, so only other
 * clients ever see an answer: a diagnostic that names what was asked for.
 */
export function notOfferedRpcs(rpc: Rpc): Pick<ProviderServer, (typeof notOfferedMethods)[number]> {
  /** An RPC that answers with nothing but the diagnostic; `rest` has the answer's other fields, empty. */
  const unary = <Q extends Request, A extends { diagnostics: Diagnostic[] }>(
    kind: string,
    rest: NoInfer<Omit<A, 'diagnostics'>>,
  ): handleUnaryCall<Q, A> =>
    rpc.unary(
      (diagnostics) => ({ ...rest, diagnostics }) as A,
      (request) => fail(kind, request as Q),
    );

  return {
    validateStateStoreConfig: unary('state store', {}),
    configureStateStore: unary('state store', {}),
    readStateBytes: rpc.serverStream(
      (diagnostics) => ({ bytes: Buffer.alloc(0), totalLength: 0n, range: undefined, diagnostics }),
      (request) => fail('state store', request),
    ),
    writeStateBytes: rpc.clientStream(
      (diagnostics) => ({ diagnostics }),
      () => fail('state store', {}),
    ),
    lockState: unary('state store', { lockId: '' }),
    unlockState: unary('state store', {}),
    getStates: unary('state store', { stateId: [] }),
    deleteState: unary('state store', {}),
  };
}

function fail(kind: string, { typeName, actionType, name = typeName ?? actionType }: Request): never {
  const what = name === undefined ? kind : `${kind} "${name}"`;
  throw failure(
    'Not offered by this provider',
    `There is no ${what} in this provider. Check the name and the provider's version.`,
  );
}
