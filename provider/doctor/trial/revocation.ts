import { describeError } from '../../domo/advice';
import { isBlockedPage } from '../../domo/api/transport/errors';
import type { Request } from '../../domo/api/transport/request';
import { type Domo, paths } from '../domo';
import { type Finding, seconds } from '../finding';
import type { Ledger } from './ledger';
import { marked } from './listed';
import { lookFor, type Pace, threeLooks } from './pace';

const revocationOf = (id: string): Request => ({ method: 'DELETE', path: `${paths.clients}/${id}` });

/** What DELETE and a second DELETE are answered. */
export async function revokeTwice(domo: Domo, id: string, signal: AbortSignal): Promise<Finding> {
  const first = await domo.ask(revocationOf(id), signal);
  const second = await domo.ask(revocationOf(id), signal);
  const [one, two] = [first.answer.status, second.answer.status];
  const isDone = one >= 200 && one < 300;
  return {
    check: 'revocation',
    status: isDone ? 'ok' : 'failed',
    says: `DELETE returned ${one} in ${first.ms} ms, and a second DELETE ${two}.`,
    facts: { first: one, firstHadBody: first.answer.body !== '', second: two, ms: first.ms },
  };
}

/** Whether credentials sign in; undefined if there was no answer. */
export type SignsIn = () => Promise<boolean | undefined>;

export interface Remains {
  readonly domo: Domo;
  readonly mark: string;
  readonly id: string;
  /** Undefined if the credentials cannot be tried, or have never signed in. */
  readonly signsIn: SignsIn | undefined;
  readonly ledger: Ledger;
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

/** How long list and credentials outlive the revocation. */
export async function watchRemains({
  domo,
  mark,
  id,
  signsIn,
  ledger,
  pace,
  signal,
}: Remains): Promise<Finding> {
  const start = performance.now();
  let listGone: number | undefined;
  let signInGone: number | undefined;
  const since = () => performance.now() - start;
  await lookFor(
    async () => {
      if (listGone === undefined) {
        const clients = await marked(domo, mark, signal);
        if (clients && !clients.some((client) => client.id === id)) {
          listGone = since();
          ledger.settled(id);
        }
      }
      if (signsIn && signInGone === undefined && (await signsIn()) === false) signInGone = since();
      return listGone !== undefined && (!signsIn || signInGone !== undefined) ? true : undefined;
    },
    pace,
    signal,
  );
  const said = (what: string, does: string, ms: number | undefined) =>
    ms === undefined
      ? `${seconds(pace.atMost)} after the revocation ${what} still ${does}`
      : `${seconds(ms)} after the revocation ${what} no longer ${does}`;
  const signIn = signsIn ? ` ${said('its credentials', 'signed in', signInGone)}.` : '';
  return {
    check: 'after-revocation',
    status: listGone === undefined ? 'failed' : signsIn && signInGone === undefined ? 'warning' : 'ok',
    says: `${said('the list', 'showed the client', listGone)}.${signIn}`,
    facts: { listMs: rounded(listGone), signInMs: signsIn ? rounded(signInGone) : null },
  };
}

const rounded = (ms: number | undefined) => (ms === undefined ? null : Math.round(ms));

/** Revokes whatever the trial has made, known by its id or by the mark. It heeds no interrupt, only its own time limit. */
export async function cleanUp(domo: Domo, mark: string, ledger: Ledger, pace: Pace): Promise<Finding> {
  const check = 'clean-up';
  const signal = AbortSignal.timeout(pace.cleanUp);
  await findMore(domo, mark, ledger, pace, signal);
  const reasons: string[] = [];
  for (const id of ledger.owed()) {
    const reason = await revoke(domo, mark, id, pace, signal).catch(describeError);
    if (reason === undefined) ledger.settled(id);
    else reasons.push(`id ${id} (${reason})`);
  }
  const facts = {
    revoked: ledger.revoked(),
    notRevoked: ledger.owed(),
    mayExist: ledger.mayOweMore(),
    mark,
  };
  const todo = `Look in Admin > Authentication > API Clients for names that begin with ${mark}, and revoke them.`;
  if (ledger.owed().length > 0) {
    const says = `NOT REVOKED: ${reasons.join('; ')}.`;
    return { check, status: 'failed', says, todo, facts };
  }
  const revoked = ledger.revoked();
  const done =
    revoked.length === 0
      ? 'Nothing had to be revoked'
      : `Everything is revoked: ${revoked.map((id) => `id ${id}`).join(', ')}`;
  if (!ledger.mayOweMore()) return { check, status: 'ok', says: `${done}.`, facts };
  const says = `${done}, but a create request had no response, and no such client has appeared in the list.`;
  return { check, status: 'failed', says, todo, facts };
}

/** Clients of the trial whose id did not arrive. */
async function findMore(
  domo: Domo,
  mark: string,
  ledger: Ledger,
  pace: Pace,
  signal: AbortSignal,
): Promise<void> {
  const known = () => new Set([...ledger.owed(), ...ledger.revoked()]);
  const look = async () => {
    const clients = (await marked(domo, mark, signal).catch(() => undefined)) ?? [];
    const more = clients.filter(({ id }) => !known().has(id));
    for (const { id } of more) ledger.owe(id);
    return more.length > 0 || !ledger.mayOweMore() ? true : undefined;
  };
  await lookFor(look, threeLooks(pace), signal).catch(() => undefined);
}

/** Undefined once it is gone, or why it may not be. */
async function revoke(
  domo: Domo,
  mark: string,
  id: string,
  pace: Pace,
  signal: AbortSignal,
): Promise<string | undefined> {
  let said = 'no response to DELETE';
  let claimed = false;
  const isGone = await lookFor(
    async () => {
      if (!claimed) {
        const timed = await domo.ask(revocationOf(id), signal).catch((thrown: unknown) => {
          said = describeError(thrown);
          return undefined;
        });
        if (timed) {
          const { answer } = timed;
          claimed = answer.status >= 200 && answer.status < 300 && !isBlockedPage(answer);
          said = `DELETE returned ${answer.status}`;
        }
      }
      const clients = await marked(domo, mark, signal).catch(() => undefined);
      if (clients === undefined) return claimed ? true : undefined;
      return clients.some((client) => client.id === id) ? undefined : true;
    },
    threeLooks(pace),
    signal,
  );
  return isGone ? undefined : said;
}
