import { aborted, DomoError, excerpt } from './transport/errors';
import type { Http } from './transport/http';
import { fieldsOfBody } from './transport/json';
import type { Answer, Request } from './transport/request';
import { unlessAborted } from './transport/single-flight';

/** The credentials of a client. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * What a client's own sign-in says of its life. `unknown`: the endpoint could not be asked, or has not said.
 * `not-asked`: another client that is missing in the same list has signed in, so the list is a part.
 */
export type SignInResult = 'works' | 'refused' | 'unknown' | 'not-asked';

/** Asks the token endpoint whether clients that are missing in the list are still alive. */
export interface OwnSignIn {
  /**
   * One client after another; after the first that signs in, no others are tried. The token is discarded.
   *
   * @throws {@link DomoError} of kind `other-instance` if the credentials belong to another instance; and what ended
   * the wait, since an interrupt is no answer
   */
  ask(credentials: ClientCredentials, signal: AbortSignal): Promise<SignInResult>;
  /** Waits until everyone is answered who has asked so far. True if one of them is alive. */
  anyAlive(signal: AbortSignal): Promise<boolean>;
}

export interface OwnSignInOptions {
  /** Sends to the token endpoint's host. */
  readonly http: () => Http;
  /** The instance whose clients are asked for; undefined if its name is not known. */
  readonly instance: string | undefined;
  /** From now on, this value is a secret. */
  hide(secret: string): void;
  /** How long one sign-in may take, in ms. */
  readonly timeout: number;
}

/**
 * If the endpoint fails this often, or names another instance, it is not asked again: a thousand clients must not each
 * wait for it. A single client of another instance does not silence the rest.
 */
const failuresUntilSilence = 2;

const request: Request = { method: 'GET', path: '/oauth/token?grant_type=client_credentials' };

export function ownSignIn({ http, instance, hide, timeout }: OwnSignInOptions): OwnSignIn {
  let last: Promise<unknown> = Promise.resolve();
  let alive = false;
  let elsewhere: readonly string[] = [];
  let failures = 0;

  async function signIn(
    { clientId, clientSecret }: ClientCredentials,
    signal: AbortSignal,
  ): Promise<SignInResult> {
    if (signal.aborted) throw aborted(request, signal, 'before it was sent');
    if (alive) return 'not-asked';
    if (elsewhere.length >= failuresUntilSilence)
      throw ofAnotherInstance(
        `the credentials of other clients that the list lacks ${elsewhere[0]}. Those of this client were not used, so nothing is known of it.`,
      );
    if (failures >= failuresUntilSilence) return 'unknown';
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    for (const secret of [clientId, clientSecret, basic]) hide(secret);
    const result = await send(basic, signal);
    if (result === 'works') alive = true;
    if (result === 'unknown') failures++;
    return result;
  }

  async function send(basic: string, signal: AbortSignal): Promise<'works' | 'refused' | 'unknown'> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    let answer: Answer;
    try {
      answer = await http().send({ ...request, headers: { Authorization: `Basic ${basic}` } }, limit);
    } catch (error) {
      if (error instanceof DomoError && !signal.aborted) return 'unknown';
      throw error;
    }
    const fields = fieldsOfBody(answer);
    const [token, customer, problem] = ['access_token', 'customer', 'error'].map((name) => fields.get(name));
    if ([400, 401].includes(answer.status) && problem === 'invalid_client') return 'refused';
    if (answer.status !== 200 || typeof token !== 'string' || token === '') return 'unknown';
    hide(token);
    if (instance !== undefined && typeof customer === 'string' && !isSameInstance(customer, instance)) {
      const where = excerpt({ ...answer, body: JSON.stringify(customer) });
      const there = `sign in to the instance "${where}", not to "${instance}"`;
      elsewhere = [...elsewhere, there];
      throw ofAnotherInstance(`the client's credentials ${there}.`);
    }
    return 'works';
  }

  return {
    ask(credentials, signal) {
      const turn = last.then(() => signIn(credentials, signal));
      last = turn.catch(() => undefined);
      return unlessAborted(turn, signal);
    },
    async anyAlive(signal) {
      await unlessAborted(last, signal);
      return alive;
    },
  };
}

const ofAnotherInstance = (text: string) => new DomoError('other-instance', request, text);

function isSameInstance(customer: string, instance: string): boolean {
  return customer.toLowerCase().replace(/\.domo\.com$/, '') === instance.toLowerCase();
}
