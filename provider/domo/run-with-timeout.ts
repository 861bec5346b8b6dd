import { Failure, failure } from '../framework';
import { describeError } from './advice';
import { DomoError, type Kind } from './api/transport/errors';
import { longestTimer } from './api/transport/timers';
import type { Domo, DomoContext } from './connection';
import { milliseconds } from './duration';

/** How long each operation may take unless `timeouts` says otherwise. */
export const defaultTimeouts = { create: '10m', read: '5m', delete: '10m' } as const;

/** One operation, with what messages say of it: what is being done, and how things stand if it fails. */
interface Operation {
  readonly kind: keyof typeof defaultTimeouts;
  /** The configured timeout, if there is one. */
  readonly limit?: string | null | undefined;
  readonly doing: string;
  readonly consequence: string | ((thrown: unknown) => string);
  /** What went wrong, in words; {@link describeError} if absent. */
  readonly describe?: typeof describeError;
}

/**
 * Runs one operation on an instance within its timeout. What Domo refuses, and an interruption, become a {@link Failure};
 * what is neither is a bug in the provider, and is thrown as it is.
 */
export async function runWithTimeout<T>(
  { signal, client: domo }: Pick<DomoContext, 'signal' | 'client'>,
  { kind, limit: configured, doing, consequence, describe }: Operation,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = configured ?? defaultTimeouts[kind];
  const timer = new AbortController();
  const timeout = setTimeout(
    () => timer.abort(new Error(`timeouts.${kind} (${limit}) has expired`)),
    Math.min(milliseconds(limit) ?? longestTimer, longestTimer),
  );
  const ended = AbortSignal.any([signal, timer.signal]);
  try {
    return await work(ended);
  } catch (thrown) {
    throw thrown instanceof DomoError || ended.aborted
      ? toFailure(thrown, doing, consequence, domo, describe)
      : thrown;
  } finally {
    clearTimeout(timeout);
  }
}

const summaries: Readonly<Record<Kind | 'blocked' | 'server-failure', string>> = {
  'not-sent': 'Could not connect to Domo',
  'no-answer': 'No response from Domo',
  refused: 'Domo rejected the request',
  unreadable: 'Unexpected response from Domo',
  credentials: 'Domo rejected the credentials',
  'other-instance': 'API clients belong to another instance',
  aborted: 'The operation was aborted',
  blocked: "This IP address is not on Domo's allowlist",
  'server-failure': 'Domo returned a server error',
};

function summaryOf({ kind, reason, cause }: DomoError): string {
  const why = reason === 'no-session' && cause instanceof DomoError ? cause.reason : reason;
  return summaries[why === 'blocked' || why === 'server-failure' ? why : kind];
}

/**
 * What was thrown, as an error for the practitioner: what was being done, what went wrong and, in `consequence`,
 * how things stand now.
 */
function toFailure(
  thrown: unknown,
  doing: string,
  consequence: Operation['consequence'],
  { place, argument }: Pick<Domo, 'place' | 'argument'>,
  describe = describeError,
): Failure {
  if (thrown instanceof Failure) return thrown;
  const summary = thrown instanceof DomoError ? summaryOf(thrown) : 'The operation was aborted';
  const stand = typeof consequence === 'string' ? consequence : consequence(thrown);
  return failure(summary, `${doing}${place}:\n${describe(thrown, argument)}\n\n${stand}`);
}
