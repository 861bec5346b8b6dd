import { type Context, failure } from '../../framework';
import type { ListedClient } from '../api/records';
import { longestTimer } from '../api/transport/timers';
import type { Domo } from '../connection';
import { milliseconds } from '../duration';
import { explain } from '../run-with-timeout';
import type { ClientState } from './schema';

export type DomoContext = Context<Domo>;

const defaults = { create: '10m', read: '5m', delete: '10m' } as const;

/** What is being done, for the messages, and how things stand if it fails. */
interface Doing {
  readonly kind: keyof typeof defaults;
  /** What `timeouts` says about it, if anything. */
  readonly limit?: string | null | undefined;
  readonly doing: string;
  readonly otherwise: string;
}

/** Runs one operation within its timeout. Whatever it throws is explained to the person. */
export async function operate<T>(
  { signal }: Pick<DomoContext, 'signal'>,
  { kind, limit: configured, doing, otherwise }: Doing,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = configured ?? defaults[kind];
  const timer = new AbortController();
  const timeout = setTimeout(
    () => timer.abort(new Error(`timeouts.${kind} (${limit}) has passed`)),
    Math.min(milliseconds(limit) ?? longestTimer, longestTimer),
  );
  try {
    return await work(AbortSignal.any([signal, timer.signal]));
  } catch (thrown) {
    throw explain(thrown, doing, otherwise);
  } finally {
    clearTimeout(timeout);
  }
}

export function refuseIfReadOnly(domo: Domo, otherwise: string): void {
  if (!domo.readOnly) return;
  throw failure(
    'The provider is read-only',
    `${otherwise}, because read_only (DOMO_READ_ONLY) is set: this run may plan, but not change anything in Domo. Apply from a run without it.`,
  );
}

/** Numeric ids mean something else on another instance. */
export function refuseOtherInstance(domo: Domo, state: ClientState): void {
  const here = domo.label();
  if (state.instance === here) return;
  throw failure(
    'The client lives on another instance',
    `API client "${state.name}" (id ${state.id}) is on "${state.instance}" according to the state, and the provider is configured for "${here}", where this id means another client. Nothing was changed. Set instance (DOMO_INSTANCE) or base_url (DOMO_BASE_URL) back, or give this resource a provider alias for its own instance.`,
  );
}

/** The client as messages name it. */
export function named({ name, id }: { readonly name: string; readonly id: string | null }): string {
  return `API client "${name}" (id ${id ?? 'not known yet'})`;
}

/** A client that holds a name which somebody else wants, as messages tell of it. */
export function holderInWords(holder: ListedClient): string {
  const owner = holder.ownerId === null ? 'an unknown owner' : `user ${holder.ownerId}`;
  return `${named(holder)}, owned by ${owner}, with the scopes ${[...holder.scopes].sort().join(', ')}`;
}

/** How to bring a client under management that is there already. */
export function importCommand(id: string): string {
  return `terraform import <address of the resource> ${id}`;
}
