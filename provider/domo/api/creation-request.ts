import type { Delays } from './delays';
import type { Period } from './field-values';
import type { Listing } from './listing';
import type { Lists } from './lists';
import type { CreationAttempt } from './matching';
import { type ClientSpec, type Created, readCreated } from './records';
import { DomoError, isRefusalOfDomo, unreadable, unsuccessful } from './transport/errors';
import type { Answer, Request } from './transport/request';
import type { Session } from './transport/session';
import { pause } from './transport/timers';

/**
 * What came of sending a creation once:
 * - `refused`: Domo says so in its own form, for a reason that can be a taken name.
 * - `doubtful`: a refusal that may not be Domo's, or may be due to a client that came of an earlier sending.
 * - `open`: without a conclusive answer.
 */
export type Sent =
  | { readonly kind: 'created'; readonly created: Created }
  | { readonly kind: 'refused' | 'doubtful' | 'open'; readonly error: DomoError };

/** One creation, which may have to be sent more than once. */
export interface CreationRequest {
  /** @throws {@link DomoError} if Domo refuses it for another reason, or it was not sent: then nothing was made */
  send(signal: AbortSignal): Promise<Sent>;
  /** When it was sent, in ms of `performance.now()`: the first time from which something may have come. */
  sentAt(): number;
  /** What a client that comes of it must fit; null if too little was known at that time. */
  attempt(): CreationAttempt | null;
}

export interface CreationRequestNeeds {
  readonly session: Session;
  readonly lists: Lists;
  readonly path: string;
  /** `recent`: how old the list may be on which it is sent. */
  readonly delays: Pick<Delays, 'recent' | 'poll'>;
}

/** How often a recent list is asked for, if one comes to nothing that may pass. */
const listTries = 4;

/** A failure that the transport has not tried again itself, and that the next list may not meet. */
const mayPass = (error: unknown) =>
  error instanceof DomoError && (error.kind === 'unreadable' || error.status === 500);

/**
 * A creation that is sent on a recent list, so that a client which another run has just made is not taken for what
 * came of it. It waits for one list at most, which all that wait share.
 */
export function creationRequest(
  { session, lists, path, delays: { recent, poll } }: CreationRequestNeeds,
  spec: ClientSpec,
): CreationRequest {
  let known: Listing | undefined;
  let sentAt: number | undefined;
  /** How things stood then; undefined if no recent and whole list was known. */
  let before: { readonly highestId: string; readonly clock: Period | undefined } | undefined;
  let sentOn = 0;
  let endedOn = 0;
  /** It may have had an effect. While it cannot have, only the latest request counts. */
  let mayBeDone = false;

  const request: Request = {
    method: 'POST',
    path,
    body: spec,
    async beforeSend(signal) {
      known = lists.latest();
      if (known && performance.now() - known.answeredAt <= recent) return false;
      known = await recentList(signal);
      return true;
    },
    onSend() {
      if (mayBeDone) return;
      sentAt = performance.now();
      sentOn = Date.now();
      const whole = known?.part === undefined ? known : undefined;
      before = whole && { highestId: lists.highestId(), clock: whole.clock };
    },
    onRefusedSession(answer) {
      if (!isRefusalOfDomo(answer)) mayBeDone = true;
    },
  };

  /** One that is under way will do: all wait for the same one. Without any, what comes of the creation is not guessed. */
  async function recentList(signal: AbortSignal): Promise<Listing | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        return await lists.after(performance.now() - recent, signal);
      } catch (error) {
        // Credentials that were not accepted are not tried again.
        if (error instanceof DomoError && error.kind === 'credentials') throw error;
        if (tries === listTries || !mayPass(error) || signal.aborted) return undefined;
        await pause(poll, signal);
      }
    }
  }

  async function send(signal: AbortSignal): Promise<Sent> {
    const sent = await sendOnce(signal);
    if (sent.kind === 'refused' && mayBeDone) return { ...sent, kind: 'doubtful' };
    mayBeDone ||= sent.kind === 'open' || sent.kind === 'doubtful';
    return sent;
  }

  async function sendOnce(signal: AbortSignal): Promise<Sent> {
    let answer: Answer;
    try {
      answer = await session.send(request, signal);
    } catch (error) {
      if (!(error instanceof DomoError)) throw error;
      if (error.kind === 'no-answer') return { kind: 'open', error };
      // A 401 to this very request that is not Domo's own is as doubtful as any.
      if (error.status === 401 && error.isAbout(request) && !error.definite)
        return { kind: 'doubtful', error };
      throw error;
    } finally {
      endedOn = Date.now();
    }
    const { status } = answer;
    if (status >= 200 && status < 300) {
      const created = readCreated(answer);
      if (created) return { kind: 'created', created };
      return { kind: 'open', error: unreadable(request, answer, 'the field "clientSecret" (text)') };
    }
    const error = unsuccessful(request, answer);
    if (status >= 500) return { kind: 'open', error };
    if (!isRefusalOfDomo(answer)) return { kind: 'doubtful', error };
    if (status === 401 || status === 403) throw error;
    return { kind: 'refused', error };
  }

  return {
    send,
    sentAt: () => sentAt ?? performance.now(),
    attempt() {
      if (!before) return null;
      const { highestId, clock } = before;
      return {
        highestId,
        period: clock ? { from: sentOn + clock.from, until: endedOn + clock.until } : null,
      };
    },
  };
}
