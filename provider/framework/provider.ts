import type { DataSource, DataSourceDefinition } from './data-source';
import type { Diagnostic } from './diagnostics';
import type { Resource, ResourceDefinition } from './resource';
import type { Attributes, ObjectView } from './schema/schema';

export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a provider writes what happens; Terraform shows it under TF_LOG. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  /** From now on this value is never written. */
  hide(secret: string): void;
  /** The text without the values that are hidden. */
  redact(text: string): string;
}

/** What a provider is given to configure itself. */
export interface ConfigureContext {
  readonly log: Log;
  /** The engine's own version; empty where it does not say. */
  readonly terraformVersion: string;
}

/** Who a provider is. */
export interface ProviderInfo {
  /** The prefix of everything it offers: `domo`. */
  readonly name: string;
  /** The source address without the registry's host: `domo-governance/domo`. */
  readonly source: string;
  readonly version: string;
}

/** A provider: its own configuration, and a table of contents. `Client` is what its resources are handed. */
export interface Provider<Client, A extends Attributes = Attributes> extends ProviderInfo {
  readonly description: string;
  readonly attributes: A;
  validate?(config: ObjectView<A, 'config'>): readonly Diagnostic[];
  /** Values can still be unknown while Terraform plans. Makes no network call. */
  configure(context: ConfigureContext, config: ObjectView<A, 'config'>): Client;
  readonly resources: readonly Resource<Client>[];
  readonly dataSources: readonly DataSource<Client>[];
}

/** The definers for one provider, with its client's type settled once. */
export function createFactory<Client>() {
  return {
    provider: <A extends Attributes>(provider: Provider<Client, A>) => provider,
    resource: <A extends Attributes>(
      name: string,
      definition: ResourceDefinition<Client, A>,
    ): Resource<Client> => ({
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
  };
}
