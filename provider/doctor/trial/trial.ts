import { describeError } from '../../domo/advice';
import { DomoError } from '../../domo/api/transport/errors';
import { fieldsOfBody } from '../../domo/api/transport/json';
import type { Domo } from '../domo';
import { type Finding, seconds, type Tell } from '../finding';
import type { Secrets } from '../secrets';
import { type CreationNeeds, create, type Outcome } from './creation';
import { aboutCreation, aboutListing, aboutSecond, aboutSpelling } from './findings';
import { createLedger } from './ledger';
import { marked } from './listed';
import { lookFor, type Pace } from './pace';
import { cleanUp, revokeTwice, type SignsIn, watchRemains } from './revocation';
import { newMark, throwaways } from './throwaway';

export interface TrialNeeds {
  readonly domo: Domo;
  readonly secrets: Secrets;
  readonly pace: Pace;
  readonly tell: Tell;
  readonly signal: AbortSignal;
}

/** Makes one API client, watches what Domo does with it, and revokes it: whatever happens, and whoever interrupts. */
export async function runTrial({ domo, secrets, pace, tell, signal }: TrialNeeds): Promise<void> {
  const mark = newMark();
  const ledger = createLedger();
  const needs: CreationNeeds = { domo, mark, ledger, secrets, pace, signal };
  try {
    await watchLife(needs, tell);
  } catch (thrown) {
    const says = signal.aborted ? 'The trial was interrupted.' : describeError(thrown);
    tell({ check: 'trial', status: 'failed', says });
  } finally {
    tell(await cleanUp(domo, mark, ledger, pace));
  }
}

async function watchLife(needs: CreationNeeds, tell: Tell): Promise<void> {
  const { domo, mark, ledger, pace, signal } = needs;
  const begun = await createOddly(needs, tell);
  if (!begun) return;
  const { outcome, throwaway } = begun;

  const listed = await lookFor(
    async () => (await marked(domo, mark, signal))?.find(({ id }) => id === outcome.id),
    pace,
    signal,
  );
  tell(aboutListing(listed, pace.atMost));
  if (listed) tell(aboutSpelling(listed.value, throwaway));
  const signsIn = signInOf(needs, outcome);
  const signIn = await checkSignIn(signsIn, needs);
  tell(signIn);
  tell(aboutSecond(await create(needs, throwaway)));
  const revocation = await revokeTwice(domo, outcome.id, signal);
  tell(revocation);
  if (revocation.status !== 'ok') return;
  // Credentials that never worked show nothing by not working.
  const known = signIn.status === 'ok' ? signsIn : undefined;
  tell(await watchRemains({ domo, mark, id: outcome.id, signsIn: known, ledger, pace, signal }));
}

/** The oddest client that Domo takes. Undefined if it takes none, or nobody knows. */
async function createOddly(needs: CreationNeeds, tell: Tell) {
  for (const throwaway of throwaways(needs.mark)) {
    const outcome = await create(needs, throwaway);
    tell(aboutCreation(outcome, throwaway));
    if (outcome.kind === 'made' || outcome.kind === 'found') return { outcome, throwaway };
    if (outcome.kind === 'lost' || !outcome.isAboutTexts) return undefined;
  }
  tell({
    check: 'trial',
    status: 'failed',
    says: 'Domo rejected every client, so the rest was not tried.',
  });
  return undefined;
}

type Living = Extract<Outcome, { kind: 'made' | 'found' }>;

/** Tries the client's own credentials. Undefined if they are unknown, or no token endpoint is configured. */
function signInOf({ domo, secrets, signal }: CreationNeeds, outcome: Living): SignsIn | undefined {
  const { askToken } = domo;
  if (!askToken || outcome.kind !== 'made' || outcome.clientId === undefined) return undefined;
  const { clientId, secret } = outcome;
  return async () => {
    try {
      const { answer } = await askToken(clientId, secret, signal);
      const token = fieldsOfBody(answer).get('access_token');
      if (typeof token === 'string') secrets.hide(token);
      return answer.status === 200 && typeof token === 'string';
    } catch (thrown) {
      if (thrown instanceof DomoError && thrown.kind !== 'aborted') return undefined;
      throw thrown;
    }
  };
}

async function checkSignIn(signsIn: SignsIn | undefined, { pace, signal }: CreationNeeds): Promise<Finding> {
  const check = 'client-sign-in';
  if (!signsIn) {
    const says = 'The credentials of the new client are not known, or there is no token endpoint to ask.';
    return { check, status: 'skipped', says };
  }
  const works = await lookFor(async () => ((await signsIn()) ? true : undefined), pace, signal);
  if (!works) {
    const says = `The credentials of the new client did not sign in within ${seconds(pace.atMost)}.`;
    return { check, status: 'warning', says, todo: 'Please report this.', facts: { ms: null } };
  }
  const says = `The credentials of the new client sign in (after ${seconds(works.ms)}).`;
  return { check, status: 'ok', says, facts: { ms: Math.round(works.ms) } };
}
