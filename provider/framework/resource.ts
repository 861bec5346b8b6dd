import type { Context } from './context';
import type { Diagnostic } from './diagnostics';
import type { Move } from './move';
import { decodeObject } from './schema/codec';
import { root } from './schema/path';
import type { Attributes } from './schema/schema';
import type { WireValue } from './schema/unknown';
import type { Config, GeneratedConfig, PartlyKnown, PlanView, Proposed, State, Stored } from './values';

/** What Terraform is about to do with a resource, as the `plan` handler sees it. */
export type Change<A extends Attributes, M extends keyof A = never> =
  | {
      readonly action: 'create';
      readonly prior: null;
      readonly config: Config<A>;
      readonly planned: Proposed<A>;
    }
  | {
      readonly action: 'update' | 'replace' | 'none';
      readonly prior: Stored<A, M>;
      readonly config: Config<A>;
      readonly planned: Proposed<A>;
    }
  | {
      readonly action: 'delete';
      readonly prior: Stored<A, M>;
      readonly config: null;
      readonly planned: null;
    };

/** The string attributes that identify an object, and whether an import must give them. */
export type IdentitySchema<A extends Attributes> = { readonly [N in keyof A]?: 'required' | 'optional' };

/** The values of an identity. */
export type IdentityValues<I> = {
  readonly [N in keyof I]: I[N] extends 'required' ? string : string | null;
};

/** What is to be imported: an id as given to `terraform import`, or the attributes of an identity. */
export type ImportTarget =
  | { readonly id: string }
  | { readonly identity: Readonly<Record<string, string | null>> };

/** One kind of object that Terraform manages. Handlers return the state or throw. */
export interface ResourceDefinition<
  Client,
  A extends Attributes,
  I = IdentitySchema<A>,
  M extends keyof A = never,
> {
  readonly description: string;
  readonly attributes: A;
  /** The schema version, 0 by default. Raise it, with an entry in `upgrade`, whenever old states no longer fit. */
  readonly version?: number;
  /** How to read states of older versions, by version. */
  readonly upgrade?: Readonly<Record<number, Upgrade<A>>>;
  /** See {@link IdentitySchema}. */
  readonly identity?: I & Readonly<Record<Exclude<keyof I, keyof A>, never>>;
  /** The resources of other types or providers whose state this one can take over, by a `moved` block. */
  readonly moves?: readonly Move<A, M>[];
  /** What a move may leave null because only the next `read` can fill it in. */
  readonly nullAfterMove?: readonly M[];
  /** Rules that involve several attributes. Runs before the provider is configured; values can be unknown. */
  validate?(config: Config<A>): readonly Diagnostic[];
  /**
   * Looks at a generated configuration, which has everything that can be configured and is not the default: returns
   * what replaces it, such as null for what is better left out.
   */
  generate?(client: Client, config: GeneratedConfig<A>, state: PartlyKnown<A>): Partial<GeneratedConfig<A>>;
  /**
   * Decides which proposed values mean the same as before, in ways that depend on the provider's configuration: returns
   * the earlier ones for those. Runs before anything is planned for an object that exists.
   */
  settle?(client: Client, prior: Stored<A, M>, proposed: Proposed<A>): Partial<Proposed<A>>;
  /** Looks at a planned change: it may warn, throw, or return planned values that replace the framework's. */
  plan?(context: Context<Client>, change: Change<A, M>): Promise<Partial<Proposed<A>> | undefined>;
  create(context: Context<Client>, plan: PlanView<A>, config: Config<A>): Promise<State<A>>;
  /** Null means that the object is gone, and Terraform will plan to create it again. */
  readonly read: (context: Context<Client>, state: Stored<A, M>) => Promise<State<A> | null>;
  /** Needed if any attribute can change without a replacement. */
  readonly update?: (
    context: Context<Client>,
    plan: PlanView<A>,
    prior: Stored<A, M>,
    config: Config<A>,
  ) => Promise<Stored<A, M>>;
  readonly delete: (context: Context<Client>, state: Stored<A, M>) => Promise<void>;
  import?(context: Context<Client>, target: ImportTarget): Promise<State<A>>;
}

/** Turns the JSON of an old state into a current state. */
export type Upgrade<A extends Attributes> = (old: WireValue) => State<A>;

/** An {@link Upgrade} from a version with these attributes, which give the old state its type. */
export function upgradeFrom<Old extends Attributes, New>(
  attributes: Old,
  upgrade: (old: State<Old>) => New,
): (old: WireValue) => New {
  return (old) => upgrade(decodeObject(attributes, old, root) as State<Old>);
}

/** A resource as the framework runs it. Its handlers were type-checked where it was defined. */
export interface Resource<Client, A extends Attributes = Attributes, I = IdentitySchema<Attributes>> {
  /** Without the provider's prefix, such as `api_client`. */
  readonly name: string;
  readonly definition: ResourceDefinition<Client, Attributes>;
  /** Carries the types for a list resource; never set. */
  readonly types?: { readonly attributes: A; readonly identity: I };
}
