import type { Context, Json } from './context';
import type { Diagnostic } from './diagnostics';
import type { Attributes } from './schema/schema';
import type { Config, Known, State } from './values';

/** What the handlers of an ephemeral resource are given besides values. */
export type EphemeralContext<Client> = Pick<Context<Client>, 'client' | 'signal' | 'warn'>;

/**
 * Values for the time of one run, which are in no plan and no state. Each plan and each apply opens it anew, an empty one
 * too, unless its configuration is still unknown: what `open` does must be harmless, as often as it happens.
 */
export interface EphemeralResourceDefinition<Client, A extends Attributes, P extends Json> {
  readonly description: string;
  readonly attributes: A;
  /** Rules that involve several attributes. Runs before the provider is configured; values can be unknown. */
  validate?(config: Config<A>): readonly Diagnostic[];
  /** Returns the result or throws. Nothing in the configuration is unknown. */
  open(context: EphemeralContext<Client>, config: Known<A>): Promise<Opened<A, P>>;
  /** Extends what `open` made; the values stay. Called at `renewAt`. Terraform drops its warnings, and before 1.17 its errors. */
  renew?(context: EphemeralContext<Client>, kept: P): Promise<Renewed<P>>;
  /**
   * Ends what `open` made. It gets a signal of its own: an earlier interrupt does not abort it, a few seconds do.
   * Engines skip it if anything that uses the values fails, and in an interrupted run.
   *
   * @param kept what `open` returned; OpenTofu passes what the last `renew` returned instead
   */
  close?(context: EphemeralContext<Client>, kept: P): Promise<void>;
}

/** What `open` returns. */
export interface Opened<A extends Attributes, P extends Json> {
  /** The whole value: what is configured as it is, and what is computed. */
  readonly result: State<A>;
  /** What `renew` and `close` need, in memory alone. */
  readonly private?: P;
  /** When `renew` is due, if it ever is. */
  readonly renewAt?: Date;
}

/** What `renew` returns: what the next `renew` is passed, if not the same, and when that is due. */
export interface Renewed<P extends Json> {
  readonly private?: P;
  readonly renewAt?: Date;
}

/** An ephemeral resource as the framework runs it. Its handlers were type-checked where it was defined. */
export interface EphemeralResource<Client> {
  /** Without the provider's prefix, such as `access_token`. */
  readonly name: string;
  readonly definition: EphemeralResourceDefinition<Client, Attributes, Json>;
}
