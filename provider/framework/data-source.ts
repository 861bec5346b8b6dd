import type { Context } from './context';
import type { Diagnostic } from './diagnostics';
import type { Attributes } from './schema/schema';
import type { Config, Known, State } from './values';

/** What a data source's handler is given besides the configuration. */
export type DataContext<Client> = Pick<Context<Client>, 'client' | 'signal' | 'warn'>;

/** Something that Terraform only reads. Nothing is kept from one read to the next. */
export interface DataSourceDefinition<Client, A extends Attributes> {
  readonly description: string;
  readonly attributes: A;
  /** Rules that involve several attributes. Runs before the provider is configured; values can be unknown. */
  validate?(config: Config<A>): readonly Diagnostic[];
  /** Returns the whole state, configured values included, or throws. Nothing in the configuration is unknown. */
  read(context: DataContext<Client>, config: Known<A>): Promise<State<A>>;
}

/** A data source as the framework runs it. Its handlers were type-checked where it was defined. */
export interface DataSource<Client> {
  /** Without the provider's prefix, such as `api_clients`. */
  readonly name: string;
  readonly definition: DataSourceDefinition<Client, Attributes>;
}
