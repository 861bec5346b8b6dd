import { describeError } from '../../domo/advice';
import { DomoError, isBlockedPage } from '../../domo/api/transport/errors';
import { fieldsOfBody } from '../../domo/api/transport/json';
import type { Request } from '../../domo/api/transport/request';
import { problem } from '../answers';
import { type Domo, paths } from '../domo';
import type { Finding, Tell } from '../finding';
import { describeConnection } from './connection';

const request: Request = { method: 'GET', path: paths.me };

/** Whether anything more can be asked, and the caller's user id, if Domo tells it. */
export interface Caller {
  readonly isSignedIn: boolean;
  readonly id: string | undefined;
}

const nobody: Caller = { isSignedIn: false, id: undefined };

/** Asks who the caller is: the first question, whose answer also tells of the connection and of the credentials. */
export async function checkCaller(domo: Domo, tell: Tell, signal: AbortSignal): Promise<Caller> {
  const wasReached = () => tell(describeConnection(domo));
  let timed: Awaited<ReturnType<Domo['ask']>>;
  try {
    timed = await domo.ask(request, signal);
  } catch (thrown) {
    if (!(thrown instanceof DomoError) || thrown.kind === 'aborted') throw thrown;
    const isAnswer = thrown.kind === 'credentials' || thrown.status !== undefined;
    if (isAnswer) wasReached();
    tell({ check: isAnswer ? 'sign-in' : 'connection', status: 'failed', says: describeError(thrown) });
    return nobody;
  }
  const { answer, ms } = timed;
  wasReached();
  if (answer.status === 200 && !isBlockedPage(answer)) return identify(timed, tell);
  const found: Finding = { check: 'sign-in', status: 'failed', ...problem(request, answer) };
  tell({ ...found, facts: { status: answer.status, ms } });
  // A 403 here may be about this endpoint alone: the list will tell.
  return { isSignedIn: answer.status === 403, id: undefined };
}

function identify({ answer, ms }: Awaited<ReturnType<Domo['ask']>>, tell: Tell): Caller {
  tell({ check: 'sign-in', status: 'ok', says: `Domo accepts the credentials (${ms} ms).`, facts: { ms } });
  const fields = fieldsOfBody(answer);
  const [id, role] = ['id', 'roleId'].map((name) => numberOf(fields.get(name)));
  if (id === undefined) {
    const says = `${request.method} ${request.path} returned 200 without a numeric id, so the provider cannot tell who the caller is.`;
    tell({ check: 'caller', status: 'failed', says });
    return nobody;
  }
  tell({
    check: 'caller',
    status: 'ok',
    says: `The caller is user ${id}${role === undefined ? '' : `, role ${role}`}.`,
    facts: { userId: id, roleId: role ?? null },
  });
  return { isSignedIn: true, id };
}

function numberOf(value: unknown): string | undefined {
  return /^\d{1,30}$/.test(String(value)) ? String(value) : undefined;
}
