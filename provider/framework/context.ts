import type { Path } from './schema/path';

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a provider keeps beside a resource's state: never shown, and gone with the resource. A refresh that changes a byte of it counts as drift. */
export interface PrivateState {
  get(key: string): Json | undefined;
  set(key: string, value: Json): void;
}

/** Everything a handler is given besides its values. */
export interface Context<Client> {
  /** What the provider's `configure` returned. */
  readonly client: Client;
  /** Aborted when Terraform is interrupted; its reason is an Error whose message is meant for users. */
  readonly signal: AbortSignal;
  readonly private: PrivateState;
  warn(summary: string, detail: string, path?: Path): void;
  /** An error besides the state that the handler returns: Terraform keeps that state, and taints a new object. */
  error(summary: string, detail: string, path?: Path): void;
}
