import type { Context } from './context';
import type { Diagnostic } from './diagnostics';
import { decodeObject } from './schema/codec';
import { root } from './schema/path';
import type { Attributes, ObjectView } from './schema/schema';
import type { WireValue } from './schema/unknown';

/** What Terraform is about to do with a resource, as the `plan` handler sees it. */
export type Change<A extends Attributes> =
  | {
      readonly action: 'create';
      readonly prior: null;
      readonly config: Config<A>;
      readonly planned: Proposed<A>;
    }
  | {
      readonly action: 'update' | 'replace' | 'none';
      readonly prior: State<A>;
      readonly config: Config<A>;
      readonly planned: Proposed<A>;
    }
  | { readonly action: 'delete'; readonly prior: State<A>; readonly config: null; readonly planned: null };

export type Config<A extends Attributes> = ObjectView<A, 'config'>;
/** A configuration without unknown values; whatever was not set is null. */
export type Known<A extends Attributes> = ObjectView<A, 'known'>;
export type Proposed<A extends Attributes> = ObjectView<A, 'proposed'>;
export type PlanView<A extends Attributes> = ObjectView<A, 'plan'>;
export type State<A extends Attributes> = ObjectView<A, 'state'>;

/** What is to be imported: an id as given to `terraform import`, or the attributes of an identity. */
export type ImportTarget =
  | { readonly id: string }
  | { readonly identity: Readonly<Record<string, string | null>> };

/** One kind of object that Terraform manages. Handlers return the state or throw. */
export interface ResourceDefinition<Client, A extends Attributes> {
  readonly description: string;
  readonly attributes: A;
  /** The schema version, 0 by default. Raise it, with an entry in `upgrade`, whenever old states no longer fit. */
  readonly version?: number;
  /** How to read states of older versions, by version. */
  readonly upgrade?: Readonly<Record<number, Upgrade<A>>>;
  /** The string attributes that identify an object, and whether an import must give them. */
  readonly identity?: { readonly [N in keyof A]?: 'required' | 'optional' };
  /** Rules that involve several attributes. Runs before the provider is configured; values can be unknown. */
  validate?(config: Config<A>): readonly Diagnostic[];
  /** Looks at a planned change: it may warn, throw, or return planned values that replace the framework's. */
  plan?(context: Context<Client>, change: Change<A>): Promise<Partial<Proposed<A>> | undefined>;
  create(context: Context<Client>, plan: PlanView<A>, config: Config<A>): Promise<State<A>>;
  /** Null means that the object is gone, and Terraform will plan to create it again. */
  read(context: Context<Client>, state: State<A>): Promise<State<A> | null>;
  /** Needed if any attribute can change without a replacement. */
  update?(context: Context<Client>, plan: PlanView<A>, prior: State<A>, config: Config<A>): Promise<State<A>>;
  delete(context: Context<Client>, state: State<A>): Promise<void>;
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
export interface Resource<Client> {
  /** Without the provider's prefix, such as `api_client`. */
  readonly name: string;
  readonly definition: ResourceDefinition<Client, Attributes>;
}
