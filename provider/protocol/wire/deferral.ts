import type { Outcome } from '../../framework/operations/run';
import { type ClientCapabilities, type Deferred, Deferred_Reason } from '../generated/tfplugin6';

/** Whether the client accepts "come back later" as an answer. */
export function deferralAllowed(client: ClientCapabilities | undefined): boolean {
  return client?.deferralAllowed ?? false;
}

export function wireDeferred({ deferred }: Outcome): Deferred | undefined {
  return deferred && { reason: Deferred_Reason[deferred] };
}
