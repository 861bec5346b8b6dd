import type { Context } from './context';
import type { Diagnostic } from './diagnostics';
import type { IdentityValues, Resource } from './resource';
import type { Attributes } from './schema/schema';
import type { Config, Known, PartlyKnown } from './values';

/** What a list resource's handler is given besides the configuration. */
export interface ListContext<Client> extends Pick<Context<Client>, 'client' | 'warn'> {
  /** Aborted when Terraform is interrupted, or wants no more results. */
  readonly signal: AbortSignal;
  /** No more results than this are shown: what lies beyond needs no request, but deserves a warning. */
  readonly limit: number;
  /** Whether `resource` is wanted with each result. */
  readonly includeResource: boolean;
}

/**
 * Finds objects that a resource could manage, whether or not it does: `terraform query` lists them, and writes their
 * configuration. `A` are the arguments of the list, `R` and `I` attributes and identity of the resource.
 */
export interface ListResourceDefinition<Client, A extends Attributes, R extends Attributes, I> {
  readonly description: string;
  /** What can be set in the `config` block. */
  readonly attributes: A;
  /** Rules that involve several attributes. Runs before the provider is configured; values can be unknown. */
  validate?(config: Config<A>): readonly Diagnostic[];
  /**
   * Yields the objects in the order in which they are shown. An error ends the list, and Terraform then shows none of
   * it. Warnings reach the user if they are given before the first result: later ones may come after the limit.
   */
  list(context: ListContext<Client>, config: Known<A>): AsyncIterable<ListResult<R, I>>;
}

/** One object that was found. */
export interface ListResult<R extends Attributes, I> {
  readonly identity: IdentityValues<I>;
  /** For people, such as `nightly-export (1234)`. */
  readonly displayName: string;
  /** Printed in full, sensitive attributes included, and generated configuration is made from it. */
  readonly resource?: PartlyKnown<R>;
}

/** A list resource as the framework runs it. Its handlers were type-checked where it was defined. */
export interface ListResource<Client> {
  /** That of the resource, whose name it shares. */
  readonly name: string;
  readonly resource: Resource<Client>;
  readonly definition: ListResourceDefinition<
    Client,
    Attributes,
    Attributes,
    Readonly<Record<string, never>>
  >;
}
