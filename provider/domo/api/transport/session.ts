import {
  aborted,
  DomoError,
  excerpt,
  isRefusalOfDomo,
  messageOf,
  parseJson,
  traceOf,
  unreadable,
  unsuccessful,
} from './errors';
import type { Http } from './http';
import { fieldsOf } from './json';
import { type Answer, effectiveMethod, type Request } from './request';
import { oneAtATime } from './single-flight';

/** An access token, or the name and password of a user. */
export type Credentials = { token: string } | { username: string; password: string };

/** Sends authenticated requests. */
export interface Session {
  /**
   * As {@link Http.send}, with authentication. Also throws kind `credentials`, and `not-sent` if the sign-in
   * that has to come first fails for a reason that may pass.
   */
  send(request: Request, signal: AbortSignal): Promise<Answer>;
}

/**
 * A session on one instance. With a token, the first 401 is returned like any other answer. With user name and
 * password, it signs in when that is first needed, and again if the session is answered 401. All requests share
 * one sign-in. Credentials that were not accepted are never tried again, since accounts lock: their error is kept.
 *
 * @param origin the address of the instance
 * @param hide is given each session token before anything else sees it
 */
export function session(
  http: Http,
  credentials: Credentials,
  origin: string,
  hide: (secret: string) => void,
): Session {
  if ('token' in credentials) {
    const { token } = credentials;
    let rejection: DomoError | undefined;
    return {
      async send(request, signal) {
        if (rejection !== undefined) throw rejection;
        const answer = await http.send(withHeader(request, 'X-DOMO-Developer-Token', token), signal);
        // Something may have come of a creation whose 401 is not Domo's own: what it was is asked for with this token.
        const isOpen = effectiveMethod(request) === 'POST' && !isRefusalOfDomo(answer);
        if (answer.status === 401 && !isOpen) rejection = unsuccessful(request, answer);
        return answer;
      },
    };
  }

  const { username, password } = credentials;
  const signInRequest: Request = {
    method: 'POST',
    path: '/api/content/v2/authentication',
    headers: { Origin: origin },
    body: { method: 'password', emailAddress: username, password },
  };
  let token: string | undefined;
  let rejection: DomoError | undefined;

  async function signIn(signal: AbortSignal): Promise<string> {
    const answer = await http.send(signInRequest, signal);
    const { status } = answer;
    if (status >= 400 && status < 500) throw notAccepted(signInRequest, answer, excerpt(answer));
    if (status < 200 || status > 299) throw unsuccessful(signInRequest, answer);
    const body = fieldsOf(parseJson(signInRequest, answer, 'a JSON object'));
    if (body.get('success') === false) {
      throw notAccepted(
        signInRequest,
        answer,
        excerpt({ ...answer, body: JSON.stringify({ reason: body.get('reason') }) }),
      );
    }
    const fresh = body.get('sessionToken');
    if (typeof fresh !== 'string' || fresh === '') {
      throw unreadable(signInRequest, answer, 'the field "sessionToken" (text)');
    }
    hide(fresh);
    return fresh;
  }

  const renewToken = oneAtATime(async (signal) => {
    // An earlier sign-in may have succeeded, or been refused for good, after its last waiter had left.
    if (rejection !== undefined) throw rejection;
    try {
      token ??= await signIn(signal);
      return token;
    } catch (error) {
      if (error instanceof DomoError && error.kind === 'credentials') rejection = error;
      throw error;
    }
  });

  async function currentToken(request: Request, signal: AbortSignal): Promise<string> {
    if (rejection !== undefined) throw rejection;
    if (signal.aborted) throw aborted(request, signal, 'before it was sent');
    if (token !== undefined) return token;
    try {
      return await renewToken(signal);
    } catch (error) {
      if (signal.aborted) throw aborted(request, signal, 'while waiting for the sign-in');
      if (error instanceof DomoError && error.kind === 'credentials') throw error;
      // The kind is about this request, and a sign-in without an answer leaves nothing open about it.
      throw new DomoError('not-sent', request, `not sent, the sign-in failed: ${messageOf(error)}`, {
        reason: 'no-session',
        cause: error,
      });
    }
  }

  async function send(request: Request, signal: AbortSignal): Promise<Answer> {
    const first = await currentToken(request, signal);
    const answer = await http.send(withHeader(request, 'X-DOMO-Authentication', first), signal);
    if (answer.status !== 401) return answer;
    // A session that has expired is the usual reason. Another request may have signed in since.
    request.onRefusedSession?.(answer);
    if (token === first) token = undefined;
    const renewed = await currentToken(request, signal);
    const again = await http.send(withHeader(request, 'X-DOMO-Authentication', renewed), signal);
    if (again.status === 401) {
      rejection = unsuccessful(request, again);
      throw rejection;
    }
    return again;
  }

  return { send };
}

function withHeader(request: Request, name: string, value: string): Request {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

function notAccepted(request: Request, answer: Answer, reason: string): DomoError {
  const why = reason === '' ? `status ${answer.status}` : reason;
  const locked = reason === 'ACCOUNT_LOCKED';
  const remedy = locked ? ' The account is locked: have an administrator of the instance unlock it.' : '';
  const parts = [
    `Domo did not accept the sign-in (${why}).${remedy} It is not retried, because failed attempts lock accounts.`,
    traceOf(answer),
  ];
  return new DomoError('credentials', request, parts.join(' ').trimEnd(), {
    status: answer.status,
    definite: true,
    reason: locked ? 'account-locked' : 'sign-in',
  });
}
