import type { ProviderOperations } from '../../framework/operations';
import type { Provider } from '../../framework/provider';
import type { GetMetadata_Response, ProviderServer } from '../generated/tfplugin6';
import type { Rpc } from '../rpc';
import { deferralAllowed } from '../wire/deferral';
import { wireDiagnostics } from '../wire/diagnostics';
import { functionSchemas } from '../wire/function';
import { capabilities, emptySchema, identitySchema, providerSchema } from '../wire/schema';
import { fromWire } from '../wire/values';

export const providerMethods = [
  'getMetadata',
  'getProviderSchema',
  'getResourceIdentitySchemas',
  'getFunctions',
  'validateProviderConfig',
  'configureProvider',
  'stopProvider',
] as const;

/** The RPCs of the provider as a whole: what it offers, its configuration, stopping it. */
export function providerRpcs<C>(
  provider: Provider<C>,
  operations: ProviderOperations,
  rpc: Rpc,
): Pick<ProviderServer, (typeof providerMethods)[number]> {
  const typeName = (offered: { name: string }) => `${provider.name}_${offered.name}`;
  return {
    getMetadata: rpc.unary(
      (diagnostics) => ({ ...emptyMetadata, diagnostics }),
      () => ({
        ...emptyMetadata,
        resources: provider.resources.map((resource) => ({ typeName: typeName(resource) })),
        dataSources: provider.dataSources.map((source) => ({ typeName: typeName(source) })),
        ephemeralResources: (provider.ephemeralResources ?? []).map((one) => ({ typeName: typeName(one) })),
        actions: (provider.actions ?? []).map((action) => ({ typeName: typeName(action) })),
        functions: (provider.functions ?? []).map(({ name }) => ({ name })),
        listResources: (provider.listResources ?? []).map((list) => ({ typeName: typeName(list) })),
      }),
    ),

    getProviderSchema: rpc.unary(
      (diagnostics) => ({ ...emptySchema, diagnostics }),
      () => providerSchema(provider),
    ),

    getResourceIdentitySchemas: rpc.unary(
      (diagnostics) => ({ identitySchemas: {}, diagnostics }),
      () => ({
        identitySchemas: Object.fromEntries(
          provider.resources.flatMap((resource) => {
            const schema = identitySchema(resource.definition);
            return schema ? [[typeName(resource), schema]] : [];
          }),
        ),
        diagnostics: [],
      }),
    ),

    getFunctions: rpc.unary(
      (diagnostics) => ({ functions: {}, diagnostics }),
      () => ({ functions: functionSchemas(provider), diagnostics: [] }),
    ),

    validateProviderConfig: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      ({ config }) => ({ diagnostics: wireDiagnostics(operations.validate(fromWire(config))) }),
    ),

    configureProvider: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      ({ config, terraformVersion, clientCapabilities }) => ({
        diagnostics: wireDiagnostics(
          operations.configure(fromWire(config), terraformVersion, deferralAllowed(clientCapabilities)),
        ),
      }),
    ),

    stopProvider: rpc.unary(
      (diagnostics) => ({ Error: diagnostics.map((d) => d.detail).join('\n') }),
      () => {
        operations.stop();
        return { Error: '' };
      },
    ),
  };
}

const emptyMetadata: GetMetadata_Response = {
  serverCapabilities: capabilities,
  resources: [],
  dataSources: [],
  functions: [],
  ephemeralResources: [],
  listResources: [],
  stateStores: [],
  actions: [],
  diagnostics: [],
};
