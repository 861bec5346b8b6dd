import { checkCaller } from './checks/caller';
import { checkList } from './checks/list';
import { describeOwners } from './checks/owners';
import { checkTokenEndpoint } from './checks/token-endpoint';
import type { Domo } from './domo';
import type { Tell } from './finding';

/** Asks everything that changes nothing. True if the list could be read, so that a trial can find what it makes. */
export async function examine(domo: Domo, tell: Tell, signal: AbortSignal): Promise<boolean> {
  const caller = await checkCaller(domo, tell, signal);
  const entries = caller.isSignedIn ? await checkList(domo, tell, signal) : undefined;
  if (entries) for (const finding of describeOwners(entries, caller.id)) tell(finding);
  if (!caller.isSignedIn) tell({ check: 'list', status: 'skipped', says: 'Not checked: sign-in failed.' });
  tell(await checkTokenEndpoint(domo, signal));
  return entries !== undefined;
}
