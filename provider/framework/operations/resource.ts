import type { Context } from '../context';
import { type Diagnostic, failure } from '../diagnostics';
import type { Provider } from '../provider';
import type { Change, ImportTarget, ResourceDefinition } from '../resource';
import { decodeObject, encodeObject, sameObject } from '../schema/codec';
import { type Path, root } from '../schema/path';
import type { Attributes, ObjectValue, View } from '../schema/schema';
import type { WireValue } from '../schema/unknown';
import { generatedConfig } from './generate';
import { type MoveRequest, moved, storedAttributes } from './move';
import { keepingEquivalents, type Plan, planResource } from './plan';
import { createRunner, type OpenCall, type Outcome } from './run';
import { identityOf, upgradedIdentity, upgradedState } from './upgrade';
import { assertKnown, validateConfig } from './validate';

/** The operations on managed resources; `type` is a full type name such as `domo_api_client`. */
export interface ResourceOperations {
  validate(type: string, config: WireValue, writeOnlyAllowed: boolean): readonly Diagnostic[];
  upgradeState(type: string, version: number, state: WireValue): ResourceOutcome;
  upgradeIdentity(type: string, version: number, identity: WireValue): ResourceOutcome;
  /** A state under another type or provider becomes one of this resource. */
  move(type: string, source: MoveRequest): ResourceOutcome;
  /** A configuration that would give this state; null for null. */
  generateConfig(type: string, state: WireValue): GenerateOutcome;
  plan(type: string, request: PlanRequest): Promise<PlanOutcome>;
  apply(type: string, request: ApplyRequest): Promise<ResourceOutcome>;
  read(type: string, request: ReadRequest): Promise<ResourceOutcome>;
  import(type: string, target: ImportTarget, deferralAllowed: boolean): Promise<ResourceOutcome>;
}

/** `state` is null if the object is gone or was not created. */
export interface ResourceOutcome extends Outcome {
  readonly state: WireValue;
  readonly private: Uint8Array;
  /** Null while part of it is unknown. */
  readonly identity: WireValue;
}

export interface PlanOutcome extends ResourceOutcome {
  readonly replace: readonly Path[];
}

export interface GenerateOutcome extends Outcome {
  readonly config: WireValue;
}

export interface PlanRequest {
  readonly config: WireValue;
  readonly prior: WireValue;
  readonly proposed: WireValue;
  readonly private: Uint8Array;
  readonly deferralAllowed: boolean;
}
export interface ApplyRequest {
  readonly config: WireValue;
  readonly prior: WireValue;
  readonly planned: WireValue;
  readonly private: Uint8Array;
}
export interface ReadRequest {
  readonly state: WireValue;
  readonly private: Uint8Array;
  readonly deferralAllowed: boolean;
}

/** The outcome of an operation that produced nothing. */
const emptyOutcome: Omit<ResourceOutcome, keyof Outcome> = {
  state: null,
  private: new Uint8Array(),
  identity: null,
};

export function resourceOperations<Client>(
  provider: Provider<Client>,
  openCall: OpenCall<Client>,
): ResourceOperations {
  type Definition = ResourceDefinition<Client, Attributes>;
  const { runWithoutContext, run } = createRunner(provider, provider.resources, notFound, openCall);

  /** Runs a handler that returns the resource's new value, or null. If it fails, `state` is kept. */
  function runToState(
    type: string,
    request: { readonly private: Uint8Array; readonly deferralAllowed?: boolean },
    state: WireValue,
    operation: (
      definition: Definition,
      context: Context<Client>,
    ) => Promise<readonly [value: ObjectValue, view: View, attributes?: Attributes] | null>,
  ): Promise<ResourceOutcome> {
    const fallback = { ...emptyOutcome, state, private: request.private };
    return run(type, request, fallback, async (definition, call) => {
      const result = await operation(definition, call.context);
      if (result === null) return { ...emptyOutcome, private: call.stored() };
      const [value, view, attributes = definition.attributes] = result;
      return {
        state: encodeObject(attributes, value, root, view),
        private: call.stored(),
        identity: identityOf(definition, value),
      };
    });
  }

  return {
    validate(type, config, writeOnlyAllowed) {
      const { diagnostics } = runWithoutContext(type, {}, ({ attributes, validate }) => ({
        diagnostics: validateConfig(attributes, config, validate, writeOnlyAllowed),
      }));
      return diagnostics;
    },

    upgradeState: (type, version, state) =>
      runWithoutContext(type, emptyOutcome, (definition) => ({
        ...emptyOutcome,
        state: upgradedState(definition, version, state),
      })),

    upgradeIdentity: (type, version, identity) =>
      runWithoutContext(type, emptyOutcome, (definition) => ({
        ...emptyOutcome,
        identity: upgradedIdentity(definition, version, identity),
      })),

    move: (type, source) =>
      runWithoutContext(type, emptyOutcome, (definition) => moved(type, definition, source)),

    generateConfig: (type, wire) =>
      runWithoutContext(type, { config: null as WireValue }, (definition) => {
        const { attributes, generate } = definition;
        const state = decodeOrNull(attributes, wire);
        if (state) assertKnown(attributes, state);
        const config = generatedConfig(attributes, state);
        if (!generate || !state) return { config: encodeObject(attributes, config, root, 'proposed') };
        const { client } = openCall(new Uint8Array()).context;
        const changed = { ...config, ...generate(client, config as never, state as never) };
        return { config: encodeObject(attributes, changed, root, 'proposed') };
      }),

    async plan(type, request) {
      let replace: readonly Path[] = [];
      const outcome = await runToState(type, request, null, async (definition, context) => {
        const { attributes } = definition;
        const prior = decodeOrNull(attributes, request.prior);
        const proposed = decodeOrNull(attributes, request.proposed);
        if (proposed === null) {
          if (prior === null) return null;
          const change = { action: 'delete', prior, config: null, planned: null };
          await definition.plan?.(context, change as Change<Attributes>);
          return null;
        }
        const config = decodeOrNull(attributes, request.config) ?? {};
        const settled = prior && definition.settle?.(context.client, prior as never, proposed as never);
        const result = planResource(
          attributes,
          { config, prior, proposed: { ...proposed, ...settled } },
          context.private,
        );
        replace = result.replace;
        const action = actionOf(attributes, prior, result);
        const change = { action, prior, config, planned: result.planned };
        const changed = await definition.plan?.(context, change as Change<Attributes>);
        return [changed ? { ...result.planned, ...changed } : result.planned, 'proposed'];
      });
      return { ...outcome, replace };
    },

    apply: (type, request) =>
      runToState(type, request, keptAfterFailure(request), async (definition, context) => {
        const { attributes } = definition;
        const prior = decodeOrNull(attributes, request.prior);
        const planned = decodeOrNull(attributes, request.planned);
        if (planned === null) {
          if (prior !== null) await definition.delete(context, prior as never);
          return null;
        }
        const config = decodeOrNull(attributes, request.config) ?? {};
        assertKnown(attributes, config);
        if (prior !== null && !definition.update) {
          throw failure(
            'This resource cannot be updated',
            'The provider planned an update but has no handler for it. This is a bug in the provider.',
          );
        }
        const state =
          prior === null
            ? await definition.create(context, planned as never, config as never)
            : await definition.update?.(context, planned as never, prior as never, config as never);
        const value = keepingEquivalents(attributes, planned, state as ObjectValue, context.private);
        return [value, 'state', prior === null ? attributes : storedAttributes(definition)];
      }),

    read: (type, request) =>
      runToState(type, request, request.state, async (definition, context) => {
        const state = decodeOrNull(definition.attributes, request.state);
        if (state === null) return null;
        const now = (await definition.read(context, state as never)) as ObjectValue | null;
        return now === null
          ? null
          : [keepingEquivalents(definition.attributes, state, now, context.private), 'state'];
      }),

    import: (type, target, deferralAllowed) =>
      runToState(type, { ...emptyOutcome, deferralAllowed }, null, async (definition, context) => {
        if (!definition.import) {
          throw failure(
            'This resource cannot be imported',
            `"${type}" does not support import. Remove the import block or command.`,
          );
        }
        return [(await definition.import(context, target)) as ObjectValue, 'state'];
      }),
  };
}

/**
 * The prior state, if there is a private state to go with it. To destroy a tainted object that is being replaced, the
 * engine sends none, and would store our empty one in its place. It keeps both if an error comes with no state at all.
 */
function keptAfterFailure({ prior, planned, private: stored }: ApplyRequest): WireValue {
  return planned === null && stored.length === 0 ? null : prior;
}

const notFound = (type: string) =>
  failure(
    'Unknown resource type',
    `This provider has no resource "${type}". Check the name and the provider's version.`,
  );

function decodeOrNull(attributes: Attributes, wire: WireValue): ObjectValue | null {
  return wire === null ? null : decodeObject(attributes, wire, root);
}

function actionOf(attributes: Attributes, prior: ObjectValue | null, { planned, replace }: Plan) {
  if (prior === null) return 'create';
  if (replace.length > 0) return 'replace';
  return sameObject(attributes, planned, prior) ? 'none' : 'update';
}
