import { describeError } from '../../domo/advice';
import { partOf } from '../../domo/api/list-parts';
import { readList } from '../../domo/api/records';
import { DomoError, isBlockedPage } from '../../domo/api/transport/errors';
import { fieldsOf } from '../../domo/api/transport/json';
import type { Answer, Request } from '../../domo/api/transport/request';
import { bodyOf, plainNames, problem } from '../answers';
import { type Domo, paths } from '../domo';
import { counted, type Finding, type Tell } from '../finding';
import { describeEntries } from './entries';

export const listRequest: Request = { method: 'GET', path: paths.clients };

/** Reads the list and reports its form. Returns the entries, or undefined without a list. */
export async function checkList(
  domo: Domo,
  tell: Tell,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> {
  let timed: Awaited<ReturnType<Domo['ask']>>;
  try {
    timed = await domo.ask(listRequest, signal);
  } catch (thrown) {
    if (!(thrown instanceof DomoError) || thrown.kind === 'aborted') throw thrown;
    tell({ check: 'list', status: 'failed', says: describeError(thrown) });
    return undefined;
  }
  const { answer, ms } = timed;
  if (answer.status === 403) {
    tell(withoutGrant(answer));
    return undefined;
  }
  if (answer.status !== 200 || isBlockedPage(answer)) {
    tell({ check: 'list', status: 'failed', ...problem(listRequest, answer) });
    return undefined;
  }
  try {
    readList(listRequest, answer);
  } catch (thrown) {
    tell({ check: 'list', status: 'failed', says: describeError(thrown) });
    return undefined;
  }
  const body = bodyOf(answer);
  const entries = Array.isArray(body) ? body : (fieldsOf(body).get('entries') as readonly unknown[]);
  tell(describeForm(answer, body, entries, ms));
  for (const finding of describeEntries(entries)) tell(finding);
  return entries;
}

function withoutGrant(answer: Answer): Finding {
  return {
    check: 'grants',
    status: 'failed',
    says: `Domo returned ${answer.status} for the list of API clients: the caller has neither "Create API OAuth Clients" nor "Manage All Access Tokens and API Clients", or a second factor is required.`,
    todo: 'Have an administrator give the role of the caller one of the two grants (Admin > Governance > Roles).',
    facts: { status: answer.status },
  };
}

function describeForm(answer: Answer, body: unknown, entries: readonly unknown[], ms: number): Finding {
  const envelope = Array.isArray(body) ? [] : plainNames(fieldsOf(body).keys());
  const part = partOf(Array.isArray(body) ? new Map() : fieldsOf(body), answer.headers ?? {}, entries.length);
  const form = Array.isArray(body) ? 'an array' : `an envelope (${envelope.join(', ')})`;
  const facts = {
    clients: entries.length,
    form: Array.isArray(body) ? 'array' : 'envelope',
    envelope,
    part: part ?? null,
    ms,
    bytes: Buffer.byteLength(answer.body),
  };
  const says = `${counted(entries.length, 'API client')} as ${form}, in ${ms} ms.`;
  if (part === undefined) return { check: 'list', status: 'ok', says, facts };
  return {
    check: 'list',
    status: 'warning',
    says: `${says} Domo marked the list as incomplete: ${part}.`,
    todo: 'Please report this: the provider never treats a client as gone because a partial list omits it.',
    facts,
  };
}
