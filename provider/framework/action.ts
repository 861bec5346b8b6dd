import type { Context } from './context';
import type { Diagnostic } from './diagnostics';
import type { Attributes } from './schema/schema';
import type { Config, Known } from './values';

/** What an action's `plan` is given besides the configuration. */
export type ActionPlanContext<Client> = Pick<Context<Client>, 'client' | 'signal' | 'warn'>;

/** What an action's `invoke` is given besides the configuration. */
export interface ActionContext<Client> extends ActionPlanContext<Client> {
  /** Tells the user what is being done, at once. After an interrupt nothing more is told: the error has to say it all. */
  progress(message: string): void;
}

/**
 * Something that is done, and leaves nothing in the state. An apply does it before or after a change of a resource that
 * names it as a trigger, or by itself with `terraform apply -invoke=…`. It needs an attribute that is required.
 */
export interface ActionDefinition<Client, A extends Attributes> {
  readonly description: string;
  readonly attributes: A;
  /** Rules that involve several attributes. Runs before the provider is configured; values can be unknown. */
  validate?(config: Config<A>): readonly Diagnostic[];
  /** Looks at what an apply would do: it may warn or throw. Values can be unknown. */
  plan?(context: ActionPlanContext<Client>, config: Config<A>): Promise<void>;
  /**
   * Does it, or throws. Nothing in the configuration is unknown. A write-only value can be null although it is
   * configured: Terraform 1.16 passes none to an action that is invoked by itself.
   */
  invoke(context: ActionContext<Client>, config: Known<A>): Promise<void>;
}

/** An action as the framework runs it. Its handlers were type-checked where it was defined. */
export interface Action<Client> {
  /** Without the provider's prefix, such as `check_api_client`. */
  readonly name: string;
  readonly definition: ActionDefinition<Client, Attributes>;
}
