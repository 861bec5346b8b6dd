import type { Server } from '@grpc/grpc-js';
import { createOperations } from '../framework/operations';
import { checkProvider } from '../framework/operations/check';
import type { Log, Provider } from '../framework/provider';
import { isRecord, misread } from '../framework/schema/codec';
import { root } from '../framework/schema/path';
import type { Plain } from '../framework/schema/unknown';
import {
  type GetMetadata_Response,
  type ProviderServer,
  ProviderService,
  type ResourceIdentityData,
} from './generated/tfplugin6';
import { unaryRpcs } from './rpc';
import { absent } from './rpcs/absent';
import { dataRpcs } from './rpcs/data-source';
import { deferralAllowed, wireDeferred } from './wire/deferral';
import { wireDiagnostics, wirePath } from './wire/diagnostics';
import { parseJson } from './wire/json';
import { capabilities, emptySchema, identitySchema, providerSchema } from './wire/schema';
import { fromWire, toWire } from './wire/values';

/** Offers a provider to clients. Throws where it is defined wrongly. */
export function addProvider<C>(server: Server, provider: Provider<C>, log: Log): void {
  checkProvider(provider);
  server.addService(ProviderService, rpcs(provider, log));
}

/** Every RPC of the protocol, over one provider. */
export function rpcs<C>(provider: Provider<C>, log: Log): ProviderServer {
  const operations = createOperations(provider, log);
  const unary = unaryRpcs((text) => log.redact(text));
  const typeName = (offered: { name: string }) => `${provider.name}_${offered.name}`;

  return {
    ...absent,
    ...dataRpcs(operations.dataSource, unary),

    getMetadata: unary(
      (diagnostics) => ({ ...emptyMetadata, diagnostics }),
      () => ({
        ...emptyMetadata,
        resources: provider.resources.map((resource) => ({ typeName: typeName(resource) })),
        dataSources: provider.dataSources.map((source) => ({ typeName: typeName(source) })),
      }),
    ),

    getProviderSchema: unary(
      (diagnostics) => ({ ...emptySchema, diagnostics }),
      () => providerSchema(provider),
    ),

    getResourceIdentitySchemas: unary(
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

    getFunctions: unary(
      (diagnostics) => ({ functions: {}, diagnostics }),
      () => ({ functions: {}, diagnostics: [] }),
    ),

    validateProviderConfig: unary(
      (diagnostics) => ({ diagnostics }),
      ({ config }) => ({ diagnostics: wireDiagnostics(operations.provider.validate(fromWire(config))) }),
    ),

    configureProvider: unary(
      (diagnostics) => ({ diagnostics }),
      ({ config, terraformVersion }) => ({
        diagnostics: wireDiagnostics(operations.provider.configure(fromWire(config), terraformVersion)),
      }),
    ),

    stopProvider: unary(
      (diagnostics) => ({ Error: diagnostics.map((d) => d.detail).join('\n') }),
      () => {
        operations.provider.stop();
        return { Error: '' };
      },
    ),

    validateResourceConfig: unary(
      (diagnostics) => ({ diagnostics }),
      ({ typeName: type, config, clientCapabilities }) => ({
        diagnostics: wireDiagnostics(
          operations.resource.validate(
            type,
            fromWire(config),
            clientCapabilities?.writeOnlyAttributesAllowed ?? false,
          ),
        ),
      }),
    ),

    upgradeResourceState: unary(
      (diagnostics) => ({ upgradedState: undefined, diagnostics }),
      ({ typeName: type, version, rawState }) => {
        const outcome = operations.resource.upgradeState(
          type,
          Number(version),
          parseJson(rawState?.json ?? Buffer.alloc(0)),
        );
        return { upgradedState: toWire(outcome.state), diagnostics: wireDiagnostics(outcome.diagnostics) };
      },
    ),

    upgradeResourceIdentity: unary(
      (diagnostics) => ({ upgradedIdentity: undefined, diagnostics }),
      ({ typeName: type, version, rawIdentity }) => {
        const stored = parseJson(rawIdentity?.json ?? Buffer.alloc(0));
        const outcome = operations.resource.upgradeIdentity(type, Number(version), stored);
        return {
          upgradedIdentity: wireIdentity(outcome.identity),
          diagnostics: wireDiagnostics(outcome.diagnostics),
        };
      },
    ),

    planResourceChange: unary(
      (diagnostics) => ({
        plannedState: undefined,
        requiresReplace: [],
        plannedPrivate: Buffer.alloc(0),
        diagnostics,
        legacyTypeSystem: false,
      }),
      async (request) => {
        const outcome = await operations.resource.plan(request.typeName, {
          config: fromWire(request.config),
          prior: fromWire(request.priorState),
          proposed: fromWire(request.proposedNewState),
          private: request.priorPrivate,
          deferralAllowed: deferralAllowed(request.clientCapabilities),
        });
        return {
          plannedState: toWire(outcome.state),
          requiresReplace: outcome.replace.map(wirePath),
          plannedPrivate: Buffer.from(outcome.private),
          diagnostics: wireDiagnostics(outcome.diagnostics),
          legacyTypeSystem: false,
          deferred: wireDeferred(outcome),
          plannedIdentity: wireIdentity(outcome.identity) ?? request.priorIdentity,
        };
      },
    ),

    applyResourceChange: unary(
      (diagnostics) => ({
        newState: undefined,
        private: Buffer.alloc(0),
        diagnostics,
        legacyTypeSystem: false,
      }),
      async (request) => {
        const outcome = await operations.resource.apply(request.typeName, {
          config: fromWire(request.config),
          prior: fromWire(request.priorState),
          planned: fromWire(request.plannedState),
          private: request.plannedPrivate,
        });
        return {
          newState: toWire(outcome.state),
          private: Buffer.from(outcome.private),
          diagnostics: wireDiagnostics(outcome.diagnostics),
          legacyTypeSystem: false,
          newIdentity: wireIdentity(outcome.identity) ?? request.plannedIdentity,
        };
      },
    ),

    readResource: unary(
      (diagnostics) => ({ newState: undefined, private: Buffer.alloc(0), diagnostics }),
      async (request) => {
        const outcome = await operations.resource.read(request.typeName, {
          state: fromWire(request.currentState),
          private: request.private,
          deferralAllowed: deferralAllowed(request.clientCapabilities),
        });
        return {
          newState: toWire(outcome.state),
          private: Buffer.from(outcome.private),
          diagnostics: wireDiagnostics(outcome.diagnostics),
          deferred: wireDeferred(outcome),
          newIdentity: wireIdentity(outcome.identity) ?? request.currentIdentity,
        };
      },
    ),

    importResourceState: unary(
      (diagnostics) => ({ importedResources: [], diagnostics }),
      async ({ typeName: type, id, identity, clientCapabilities }) => {
        const target = identity?.identityData ? { identity: identityValues(identity) } : { id };
        const outcome = await operations.resource.import(type, target, deferralAllowed(clientCapabilities));
        const imported = {
          typeName: type,
          state: toWire(outcome.state),
          private: Buffer.from(outcome.private),
          identity: wireIdentity(outcome.identity),
        };
        return {
          importedResources: outcome.state === null ? [] : [imported],
          diagnostics: wireDiagnostics(outcome.diagnostics),
          deferred: wireDeferred(outcome),
        };
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

function wireIdentity(identity: Plain): ResourceIdentityData | undefined {
  return identity === null ? undefined : { identityData: toWire(identity) };
}

function identityValues(identity: ResourceIdentityData): Readonly<Record<string, string | null>> {
  const values = fromWire(identity.identityData);
  if (!isRecord(values)) throw misread(root, 'An identity');
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : null]),
  );
}
