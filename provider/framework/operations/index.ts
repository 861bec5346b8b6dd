import { type Diagnostic, diagnosticsOf, failure } from '../diagnostics';
import type { Log, Provider } from '../provider';
import { decodeObject } from '../schema/codec';
import { root } from '../schema/path';
import type { WireValue } from '../schema/unknown';
import { type ActionOperations, actionOperations } from './action';
import { createCall } from './call';
import { type DataSourceOperations, dataSourceOperations } from './data-source';
import { type EphemeralResourceOperations, ephemeralResourceOperations } from './ephemeral-resource';
import { type FunctionOperations, functionOperations } from './function';
import { type ListResourceOperations, listResourceOperations } from './list-resource';
import { type ResourceOperations, resourceOperations } from './resource';
import type { OpenCall } from './run';
import { validateConfig } from './validate';

/**
 * A provider at work: wire values in, wire values out. Whatever goes wrong is a diagnostic; nothing is thrown.
 * The operations of a kind are created on demand, since few processes need those of every kind.
 */
export interface Operations {
  readonly provider: ProviderOperations;
  resource(): ResourceOperations;
  dataSource(): DataSourceOperations;
  ephemeralResource(): EphemeralResourceOperations;
  action(): ActionOperations;
  function(): FunctionOperations;
  listResource(): ListResourceOperations;
}

/** The operations on the provider as a whole. */
export interface ProviderOperations {
  validate(config: WireValue): readonly Diagnostic[];
  configure(config: WireValue, terraformVersion: string, deferralAllowed?: boolean): readonly Diagnostic[];
  /** Interrupts everything that is in progress. */
  stop(): void;
}

export function createOperations<Client>(provider: Provider<Client>, log: Log): Operations {
  let configured: { readonly client: Client; readonly interrupt: AbortController } | undefined;

  const openCall: OpenCall<Client> = (stored) => {
    if (configured) return createCall(configured.client, configured.interrupt.signal, stored);
    throw failure(
      'The provider is not configured',
      'Terraform must configure the provider first. This is a bug in Terraform or OpenTofu.',
    );
  };

  return {
    provider: {
      validate: (config) => validateConfig(provider.attributes, config, provider.validate, true),

      configure(config, terraformVersion, deferralAllowed = false) {
        try {
          const values = decodeObject(provider.attributes, config, root);
          const client = provider.configure({ log, terraformVersion, deferralAllowed }, values as never);
          configured = { client, interrupt: new AbortController() };
          return [];
        } catch (thrown) {
          configured = undefined;
          return diagnosticsOf(thrown);
        }
      },

      stop: () => configured?.interrupt.abort(new Error('Terraform was interrupted')),
    },
    resource: () => resourceOperations(provider, openCall),
    dataSource: () => dataSourceOperations(provider, openCall),
    ephemeralResource: () => ephemeralResourceOperations(provider, openCall),
    action: () => actionOperations(provider, openCall),
    function: () => functionOperations(provider),
    listResource: () => listResourceOperations(provider, openCall),
  };
}
