import type { Context } from './context';
import type { Diagnostic } from './diagnostics';
import { decodeObject } from './schema/codec';
import { root } from './schema/path';
import type { Attributes, ObjectView } from './schema/schema';
import type { WireValue } from './schema/unknown';

/** What Terraform is about to do with a resource, as a plan hook sees it. */
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
export type Proposed<A extends Attributes> = ObjectView<A, 'proposed'>;
export type PlanView<A extends Attributes> = ObjectView<A, 'plan'>;
export type State<A extends Attributes> = ObjectView<A, 'state'>;

/** What a person wants to import: an id as `terraform import` takes it, or the attributes of an identity. */
export type ImportTarget =
  | { readonly id: string }
  | { readonly identity: Readonly<Record<string, string | null>> };

/** One kind of object that Terraform manages. Handlers return the state or throw. */
export interface ResourceDefinition<Client, A extends Attributes> {
  readonly description: string;
  readonly attributes: A;
  /** The version of the state's form; raise it with an entry in `upgrade` whenever old states do not fit. Default 0. */
  readonly version?: number;
  /** How to read a state of an older version, by that version. */
  readonly upgrade?: Readonly<Record<number, Upgrade<A>>>;
  /** The string attributes that tell one object from all others, and whether an import must give them. */
  readonly identity?: { readonly [N in keyof A]?: 'required' | 'optional' };
  /** Rules over several attributes. Runs without a configured provider; values can be unknown. */
  validate?(config: Config<A>): readonly Diagnostic[];
  /** Looks at a planned change, to warn, to refuse, or to return planned values that replace the framework's. */
  plan?(context: Context<Client>, change: Change<A>): Promise<Partial<Proposed<A>> | undefined>;
  create(context: Context<Client>, plan: PlanView<A>, config: Config<A>): Promise<State<A>>;
  /** Null means that the object is gone: Terraform plans to create it again. */
  read(context: Context<Client>, state: State<A>): Promise<State<A> | null>;
  /** Needed where an attribute can change without a replacement. */
  update?(context: Context<Client>, plan: PlanView<A>, prior: State<A>, config: Config<A>): Promise<State<A>>;
  delete(context: Context<Client>, state: State<A>): Promise<void>;
  import?(context: Context<Client>, target: ImportTarget): Promise<State<A>>;
}

/** Reads the JSON of an old state and returns it in today's form. */
export type Upgrade<A extends Attributes> = (old: WireValue) => State<A>;

/** An {@link Upgrade} from a version with these attributes; they give the old state its type. */
export function upgradeFrom<Old extends Attributes, New>(
  attributes: Old,
  upgrade: (old: State<Old>) => New,
): (old: WireValue) => New {
  return (old) => upgrade(decodeObject(attributes, old, root) as State<Old>);
}

/** A resource as the framework runs it; its handlers' types are settled where it was defined. */
export interface Resource<Client> {
  /** Without the provider's prefix: `api_client`. */
  readonly name: string;
  readonly definition: ResourceDefinition<Client, Attributes>;
}
