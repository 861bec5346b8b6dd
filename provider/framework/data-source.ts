import type { Context } from './context';
import type { Diagnostic } from './diagnostics';
import type { Config, State } from './resource';
import type { Attributes } from './schema/schema';

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

/** A configuration without unknown values; whatever was not set is null. */
export type Known<A extends Attributes> = {
  readonly [N in keyof A]: A[N] extends { readonly views?: { readonly config: infer C } }
    ? null extends C
      ? State<A>[N] | null
      : State<A>[N]
    : never;
};

/** A data source as the framework runs it. Its handlers were type-checked where it was defined. */
export interface DataSource<Client> {
  /** Without the provider's prefix, such as `api_clients`. */
  readonly name: string;
  readonly definition: DataSourceDefinition<Client, Attributes>;
}
