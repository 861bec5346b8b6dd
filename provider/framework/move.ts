import type { Context } from './context';
import type { Attributes } from './schema/schema';
import type { WireValue } from './schema/unknown';
import type { Stored } from './values';

/** How a resource takes over the state of another type of resource, usually of another provider. */
export interface Move<A extends Attributes, M extends keyof A> {
  /** The other type with its provider's prefix, such as `restapi_object`. */
  readonly type: string;
  /**
   * The source addresses of its providers, such as `Mastercard/restapi`, which then may come from any host. Case does not
   * matter. Some engines tell only the local name, which can be any word: then the type alone decides.
   */
  readonly providers: readonly string[];
  /** Returns the whole state, or throws. Runs before the provider is configured, so it can ask nobody. */
  move(context: MoveContext, source: MoveSource): Stored<A, M>;
}

/** What a move is given besides the source. The private state is that of the new resource, empty at first. */
export type MoveContext = Pick<Context<never>, 'private' | 'warn'>;

/** A resource as another provider left it in the state. */
export interface MoveSource {
  readonly type: string;
  /** As the engine tells it: with or without a host, or no more than the local name. */
  readonly provider: string;
  /** The version of its schema; 0 if that provider does not declare one. */
  readonly version: number;
  /** Its state, as JSON has it. */
  readonly state: WireValue;
  /** Its private state, in whatever form that provider gave it. */
  readonly private: Uint8Array;
}
