import { describeError } from '../../domo/advice';
import { DomoError, excerpt, isRefusalOfDomo, messageOf } from '../../domo/api/transport/errors';
import { type Fields, fieldsOfBody } from '../../domo/api/transport/json';
import type { Answer, Request } from '../../domo/api/transport/request';
import { problem } from '../answers';
import { type Domo, paths } from '../domo';
import type { Secrets } from '../secrets';
import type { Ledger } from './ledger';
import { marked } from './listed';
import { lookFor, type Pace, threeLooks } from './pace';
import type { Throwaway } from './throwaway';

/**
 * What came of a creation:
 * - `made`: with its secret.
 * - `found`: its answer was lost, or tells too little, and the list shows it. `why` says so.
 * - `refused`: nothing was made. `isAboutTexts` says whether the reason may be the name or the spelling.
 * - `lost`: there was no answer that tells, and the list does not show it.
 */
export type Outcome =
  | {
      readonly kind: 'made';
      readonly id: string;
      readonly clientId: string | undefined;
      readonly secret: string;
      readonly status: number;
      readonly fields: Fields;
      readonly ms: number;
    }
  | { readonly kind: 'found'; readonly id: string; readonly why: string }
  | {
      readonly kind: 'refused';
      readonly status: number | undefined;
      readonly words: string;
      readonly says: string;
      readonly isAboutTexts: boolean;
    }
  | { readonly kind: 'lost'; readonly why: string };

export interface CreationNeeds {
  readonly domo: Domo;
  readonly mark: string;
  readonly ledger: Ledger;
  readonly secrets: Secrets;
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

/** Creates a client of the trial, once. Whatever becomes of it is in the ledger, even if this throws. */
export async function create(needs: CreationNeeds, { spec }: Throwaway): Promise<Outcome> {
  const { domo, ledger, secrets, pace, signal } = needs;
  const request: Request = {
    method: 'POST',
    path: paths.clients,
    body: spec,
    onSend: () => ledger.sending(),
  };
  let timed: Awaited<ReturnType<Domo['ask']>>;
  try {
    timed = await domo.ask(request, signal);
  } catch (thrown) {
    const isOpen = thrown instanceof DomoError && thrown.kind === 'no-answer';
    if (isOpen) return search(needs, describeError(thrown), pace);
    // A 401 that is not Domo's own leaves it open.
    if (thrown instanceof DomoError && (thrown.kind !== 'credentials' || thrown.definite)) ledger.nothing();
    throw thrown;
  }
  const { answer, ms } = timed;
  const { status } = answer;
  if (status >= 200 && status < 300) return made(needs, answer, ms);
  const { says } = problem(request, answer);
  if (status >= 500) return search(needs, says, pace);
  const refused: Outcome = {
    kind: 'refused',
    status,
    words: secrets.scrub(excerpt(answer)),
    says,
    isAboutTexts: ![401, 403].includes(status),
  };
  if (isRefusalOfDomo(answer)) {
    ledger.nothing();
    return refused;
  }
  // Something in between may have refused what Domo had done already.
  const found = await search(needs, says, threeLooks(pace));
  if (found.kind === 'found') return found;
  ledger.nothing();
  return refused;
}

async function made(needs: CreationNeeds, answer: Answer, ms: number): Promise<Outcome> {
  const { secrets, ledger, pace } = needs;
  const fields = fieldsOfBody(answer);
  const [id, clientId, secret] = ['id', 'clientId', 'clientSecret'].map((name) => textOf(fields.get(name)));
  for (const value of [clientId, secret]) if (value !== undefined) secrets.hide(value);
  if (id !== undefined) ledger.owe(id);
  if (secret === undefined) {
    const why = `The create request returned ${answer.status} without a clientSecret.`;
    return id === undefined ? search(needs, why, pace) : { kind: 'found', id, why };
  }
  const known = { kind: 'made', clientId, secret, status: answer.status, fields, ms } as const;
  if (id !== undefined) return { ...known, id };
  const found = await search(needs, 'The response to the create request had no id.', pace);
  return found.kind === 'found' ? { ...known, id: found.id } : found;
}

/** By its name, which nobody else can have. */
async function search(needs: CreationNeeds, why: string, pace: Pace): Promise<Outcome> {
  const { domo, mark, ledger, signal } = needs;
  const known = new Set([...ledger.owed(), ...ledger.revoked()]);
  const found = await lookFor(
    async () => (await look(domo, mark, signal))?.find(({ id }) => !known.has(id)),
    pace,
    signal,
  );
  if (!found) return { kind: 'lost', why };
  ledger.owe(found.value.id);
  return { kind: 'found', id: found.value.id, why };
}

/** A list that fails once must not end the search. */
async function look(domo: Domo, mark: string, signal: AbortSignal) {
  try {
    return await marked(domo, mark, signal);
  } catch (thrown) {
    if (signal.aborted) throw new Error(messageOf(thrown));
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
