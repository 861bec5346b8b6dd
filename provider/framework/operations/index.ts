import { type Collected, collect } from '../context';
import { diagnosticsOf, Failure, failure } from '../diagnostics';
import type { Log, Provider } from '../provider';
import type { Change, Resource } from '../resource';
import { decodeObject, encodeObject, sameObject } from '../schema/codec';
import { type Path, root } from '../schema/path';
import type { Attributes, Obj, View } from '../schema/schema';
import type { Plain } from '../schema/unknown';
import { dataOperations } from './data-source';
import { keepingEquivalents, type Plan, planResource } from './plan';
import { nothing, type Outcome, type Server } from './run';
import { identityOf, upgradedIdentity, upgradedState } from './upgrade';
import { refuseUnknownConfig, validateConfig } from './validate';

export function server<Client>(provider: Provider<Client>, log: Log): Server {
  const resources = new Map(provider.resources.map((r) => [`${provider.name}_${r.name}`, r]));
  let session: { readonly client: Client; readonly interrupt: AbortController } | undefined;

  function resource(type: string): Resource<Client> {
    const found = resources.get(type);
    if (found) return found;
    throw failure(
      'Unknown resource type',
      `This provider has no resource "${type}". Check the name and the provider's version.`,
    );
  }

  function collected(stored: Uint8Array): Collected<Client> {
    if (session) return collect(session.client, session.interrupt.signal, stored);
    throw failure(
      'The provider is not configured',
      'Terraform must configure the provider first. This is a bug in the client.',
    );
  }

  return {
    validateProvider: (config) => validateConfig(provider.attributes, config, provider.validate, true),

    configure(config, terraformVersion) {
      try {
        const values = decodeObject(provider.attributes, config, root);
        const client = provider.configure({ log, terraformVersion }, values as never);
        session = { client, interrupt: new AbortController() };
        return [];
      } catch (thrown) {
        session = undefined;
        return diagnosticsOf(thrown);
      }
    },

    stop: () => session?.interrupt.abort(new Error('Terraform was interrupted')),

    validateResource(type, config, writeOnlyAllowed) {
      try {
        const { attributes, validate } = resource(type).definition;
        return validateConfig(attributes, config, validate, writeOnlyAllowed);
      } catch (thrown) {
        return diagnosticsOf(thrown);
      }
    },

    upgradeState(type, version, state) {
      try {
        const { definition } = resource(type);
        return { ...nothing, state: upgradedState(definition, version, state) };
      } catch (thrown) {
        return { ...nothing, diagnostics: diagnosticsOf(thrown) };
      }
    },

    upgradeIdentity(type, version, identity) {
      try {
        return { ...nothing, identity: upgradedIdentity(resource(type).definition, version, identity) };
      } catch (thrown) {
        return { ...nothing, diagnostics: diagnosticsOf(thrown) };
      }
    },

    async plan(type, request) {
      let replace: readonly Path[] = [];
      const outcome = await run(type, request, null, async (definition, { context }) => {
        const { attributes } = definition;
        const prior = read(attributes, request.prior);
        const proposed = read(attributes, request.proposed);
        if (proposed === null) {
          if (prior === null) return null;
          await definition.plan?.(context, {
            action: 'delete',
            prior,
            config: null,
            planned: null,
          } as Change<Attributes>);
          return null;
        }
        const config = read(attributes, request.config) ?? {};
        const result = planResource(attributes, { config, prior, proposed });
        replace = result.replace;
        const change = {
          action: actionOf(attributes, prior, result),
          prior,
          config,
          planned: result.planned,
        };
        const changed = await definition.plan?.(context, change as Change<Attributes>);
        return [{ ...result.planned, ...changed }, 'proposed'];
      });
      return { ...outcome, replace };
    },

    apply: (type, request) =>
      run(type, request, request.prior, async (definition, { context }) => {
        const { attributes } = definition;
        const prior = read(attributes, request.prior);
        const planned = read(attributes, request.planned);
        if (planned === null) {
          if (prior !== null) await definition.delete(context, prior as never);
          return null;
        }
        const config = read(attributes, request.config) ?? {};
        refuseUnknownConfig(attributes, config);
        if (prior !== null && !definition.update) {
          throw failure(
            'This resource cannot be updated',
            'The provider planned an update that it does not know. This is a bug in the provider.',
          );
        }
        const state =
          prior === null
            ? await definition.create(context, planned as never, config as never)
            : await definition.update?.(context, planned as never, prior as never, config as never);
        return [keepingEquivalents(attributes, planned, state as Obj), 'state'];
      }),

    read: (type, request) =>
      run(type, request, request.state, async (definition, { context }) => {
        const state = read(definition.attributes, request.state);
        if (state === null) return null;
        const now = (await definition.read(context, state as never)) as Obj | null;
        return now === null ? null : [keepingEquivalents(definition.attributes, state, now), 'state'];
      }),

    import: (type, target, deferralAllowed) =>
      run(type, { private: new Uint8Array(), deferralAllowed }, null, async (definition, { context }) => {
        if (!definition.import) {
          throw failure(
            'This resource cannot be imported',
            `"${type}" has no import. Remove the import block or command.`,
          );
        }
        return [(await definition.import(context, target)) as Obj, 'state'];
      }),

    ...dataOperations(provider, collected),
  };

  /** Runs one operation. Where it fails, `fallback` stays the state; what was warned of before is kept. */
  async function run(
    type: string,
    request: { readonly private: Uint8Array; readonly deferralAllowed?: boolean },
    fallback: Plain,
    operation: (
      definition: Resource<Client>['definition'],
      collected: Collected<Client>,
    ) => Promise<readonly [Obj, View] | null>,
  ): Promise<Outcome> {
    let work: Collected<Client> | undefined;
    try {
      const { definition } = resource(type);
      work = collected(request.private);
      const result = await operation(definition, work);
      return {
        state: result && encodeObject(definition.attributes, result[0], root, result[1]),
        private: work.stored(),
        identity: result && identityOf(definition, result[0]),
        diagnostics: work.diagnostics,
      };
    } catch (thrown) {
      if (request.deferralAllowed && thrown instanceof Failure && thrown.deferral) {
        return { ...nothing, state: fallback, private: request.private, deferred: thrown.deferral };
      }
      const diagnostics = [...(work?.diagnostics ?? []), ...diagnosticsOf(thrown)];
      return { ...nothing, state: fallback, private: request.private, diagnostics };
    }
  }
}

function read(attributes: Attributes, plain: Plain): Obj | null {
  return plain === null ? null : decodeObject(attributes, plain, root);
}

function actionOf(attributes: Attributes, prior: Obj | null, { planned, replace }: Plan) {
  if (prior === null) return 'create';
  if (replace.length > 0) return 'replace';
  return sameObject(attributes, planned, prior) ? 'none' : 'update';
}
