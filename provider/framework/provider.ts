import type { Action, ActionDefinition } from './action';
import type { Json } from './context';
import type { DataSource, DataSourceDefinition } from './data-source';
import type { Diagnostic } from './diagnostics';
import type { EphemeralResource, EphemeralResourceDefinition } from './ephemeral-resource';
import type { FunctionDefinition, Parameters, ProviderFunction } from './function';
import type { ListResource, ListResourceDefinition } from './list-resource';
import type { IdentitySchema, Resource, ResourceDefinition } from './resource';
import type { Attributes, ObjectView, Type } from './schema/schema';

export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a provider logs what it does; Terraform shows it under TF_LOG. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  /** From now on, never writes this value. */
  hide(secret: string): void;
  /** The text without the values that are hidden; in our own words, those that can be ordinary ones stay. */
  redact(text: string, words?: 'own' | 'foreign'): string;
}

/** What a provider is given to configure itself. */
export interface ConfigureContext {
  readonly log: Log;
  /** The version of terraform or tofu; empty if they do not say. */
  readonly terraformVersion: string;
  /** Whether what cannot be planned yet may be deferred. The Terraform CLI says so in an apply alone; Stacks do in a plan, too. */
  readonly deferralAllowed: boolean;
}

/** What must be known of a provider before Terraform connects. */
export interface ProviderInfo {
  /** The prefix of everything it offers, such as `domo`. */
  readonly name: string;
  /** The source address without the registry's host, such as `domo-governance/domo`. */
  readonly source: string;
  readonly version: string;
}

/** A provider: its own configuration and what it offers. `Client` is what every handler is given. */
export interface Provider<Client, A extends Attributes = Attributes> extends ProviderInfo {
  readonly description: string;
  readonly attributes: A;
  validate?(config: ObjectView<A, 'config'>): readonly Diagnostic[];
  /** Must make no network calls. While Terraform plans, values can still be unknown. */
  configure(context: ConfigureContext, config: ObjectView<A, 'config'>): Client;
  readonly resources: readonly Resource<Client>[];
  readonly dataSources: readonly DataSource<Client>[];
  readonly ephemeralResources?: readonly EphemeralResource<Client>[];
  readonly functions?: readonly ProviderFunction[];
  readonly actions?: readonly Action<Client>[];
  readonly listResources?: readonly ListResource<Client>[];
}

/** Functions that define one provider and what it offers; they fix its client's type once for all of it. */
export function createFactory<Client>() {
  return {
    provider: <A extends Attributes>(provider: Provider<Client, A>) => provider,
    resource: <
      A extends Attributes,
      I extends IdentitySchema<A> = Readonly<Record<never, never>>,
      M extends keyof A = never,
    >(
      name: string,
      definition: ResourceDefinition<Client, A, I, M>,
    ): Resource<Client, A, I> => ({
      name,
      definition: definition as unknown as ResourceDefinition<Client, Attributes>,
    }),
    dataSource: <A extends Attributes>(
      name: string,
      definition: DataSourceDefinition<Client, A>,
    ): DataSource<Client> => ({
      name,
      definition: definition as unknown as DataSourceDefinition<Client, Attributes>,
    }),
    ephemeralResource: <A extends Attributes, P extends Json = null>(
      name: string,
      definition: EphemeralResourceDefinition<Client, A, P>,
    ): EphemeralResource<Client> => ({
      name,
      definition: definition as unknown as EphemeralResource<Client>['definition'],
    }),
    action: <A extends Attributes>(
      name: string,
      definition: ActionDefinition<Client, A>,
    ): Action<Client> => ({
      name,
      definition: definition as unknown as ActionDefinition<Client, Attributes>,
    }),
    function: <P extends Parameters, R extends Type>(
      name: string,
      definition: FunctionDefinition<P, R>,
    ): ProviderFunction => ({
      name,
      definition: definition as unknown as FunctionDefinition<Parameters, Type>,
    }),
    listResource: <R extends Attributes, I, A extends Attributes>(
      resource: Resource<Client, R, I>,
      definition: ListResourceDefinition<Client, A, R, I>,
    ): ListResource<Client> => ({
      name: resource.name,
      resource: resource as unknown as Resource<Client>,
      definition: definition as unknown as ListResource<Client>['definition'],
    }),
  };
}
