import type { ResourceOperations } from '../../framework/operations/resource';
import type { WireValue } from '../../framework/schema/unknown';
import type { ProviderServer, RawState } from '../generated/tfplugin6';
import type { Rpc } from '../rpc';
import { deferralAllowed, wireDeferred } from '../wire/deferral';
import { wireDiagnostics, wirePath } from '../wire/diagnostics';
import { identityValues, wireIdentity } from '../wire/identity';
import { parseJson } from '../wire/json';
import { fromWire, toWire } from '../wire/values';

export const resourceMethods = [
  'validateResourceConfig',
  'upgradeResourceState',
  'upgradeResourceIdentity',
  'moveResourceState',
  'generateResourceConfig',
  'planResourceChange',
  'applyResourceChange',
  'readResource',
  'importResourceState',
] as const;

/** The RPCs of managed resources. */
export function resourceRpcs(
  operations: ResourceOperations,
  rpc: Rpc,
): Pick<ProviderServer, (typeof resourceMethods)[number]> {
  return {
    validateResourceConfig: rpc.unary(
      (diagnostics) => ({ diagnostics }),
      ({ typeName, config, clientCapabilities }) => ({
        diagnostics: wireDiagnostics(
          operations.validate(
            typeName,
            fromWire(config),
            clientCapabilities?.writeOnlyAttributesAllowed ?? false,
          ),
        ),
      }),
    ),

    upgradeResourceState: rpc.unary(
      (diagnostics) => ({ upgradedState: undefined, diagnostics }),
      ({ typeName, version, rawState }) => {
        const outcome = operations.upgradeState(
          typeName,
          Number(version),
          parseJson(rawState?.json ?? Buffer.alloc(0)),
        );
        return { upgradedState: toWire(outcome.state), diagnostics: wireDiagnostics(outcome.diagnostics) };
      },
    ),

    upgradeResourceIdentity: rpc.unary(
      (diagnostics) => ({ upgradedIdentity: undefined, diagnostics }),
      ({ typeName, version, rawIdentity }) => {
        const stored = parseJson(rawIdentity?.json ?? Buffer.alloc(0));
        const outcome = operations.upgradeIdentity(typeName, Number(version), stored);
        return {
          upgradedIdentity: wireIdentity(outcome.identity),
          diagnostics: wireDiagnostics(outcome.diagnostics),
        };
      },
    ),

    moveResourceState: rpc.unary(
      (diagnostics) => ({ targetState: undefined, targetPrivate: Buffer.alloc(0), diagnostics }),
      (request) => {
        const outcome = operations.move(request.targetTypeName, {
          type: request.sourceTypeName,
          provider: request.sourceProviderAddress,
          version: Number(request.sourceSchemaVersion),
          state: jsonOrNull(request.sourceState),
          private: request.sourcePrivate,
          identity: jsonOrNull(request.sourceIdentity),
        });
        const failed = outcome.diagnostics.some(({ severity }) => severity === 'error');
        return {
          targetState: failed ? undefined : toWire(outcome.state),
          targetPrivate: Buffer.from(outcome.private),
          targetIdentity: wireIdentity(outcome.identity),
          diagnostics: wireDiagnostics(outcome.diagnostics),
        };
      },
    ),

    generateResourceConfig: rpc.unary(
      (diagnostics) => ({ config: undefined, diagnostics }),
      ({ typeName, state }) => {
        const { config, diagnostics } = operations.generateConfig(typeName, fromWire(state));
        return { config: toWire(config), diagnostics: wireDiagnostics(diagnostics) };
      },
    ),

    planResourceChange: rpc.unary(
      (diagnostics) => ({
        plannedState: undefined,
        requiresReplace: [],
        plannedPrivate: Buffer.alloc(0),
        diagnostics,
        legacyTypeSystem: false,
      }),
      async (request) => {
        const outcome = await operations.plan(request.typeName, {
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

    applyResourceChange: rpc.unary(
      (diagnostics) => ({
        newState: undefined,
        private: Buffer.alloc(0),
        diagnostics,
        legacyTypeSystem: false,
      }),
      async (request) => {
        const outcome = await operations.apply(request.typeName, {
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

    readResource: rpc.unary(
      (diagnostics) => ({ newState: undefined, private: Buffer.alloc(0), diagnostics }),
      async (request) => {
        const outcome = await operations.read(request.typeName, {
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

    importResourceState: rpc.unary(
      (diagnostics) => ({ importedResources: [], diagnostics }),
      async ({ typeName, id, identity, clientCapabilities }) => {
        const target = identity?.identityData ? { identity: identityValues(identity) } : { id };
        const outcome = await operations.import(typeName, target, deferralAllowed(clientCapabilities));
        const imported = {
          typeName,
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

function jsonOrNull(stored: RawState | undefined): WireValue {
  return stored && stored.json.length > 0 ? parseJson(stored.json) : null;
}
