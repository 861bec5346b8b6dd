import type { Socket } from 'node:net';
import { http, loadTransport } from '../domo/api/transport/http';
import type { Answer, Request } from '../domo/api/transport/request';
import { session } from '../domo/api/transport/session';
import { readCertificates } from '../domo/provider-block/certificates';
import { proxyPasswords } from '../domo/provider-block/proxies';
import type { Settings } from '../domo/provider-block/settings';
import type { Secrets } from './secrets';

/** A complete answer, and how long it took, in ms. */
export interface Timed {
  readonly answer: Answer;
  readonly ms: number;
}

/** One Domo, asked as the provider asks it, with the answers as they are. */
export interface Domo {
  readonly settings: Settings;
  /** The host and port that requests go to. */
  readonly host: string;
  /** Asks the instance, signed in. Throws a `DomoError` if there is no complete response. */
  ask(request: Request, signal: AbortSignal): Promise<Timed>;
  /** Asks for an OAuth token with the credentials of an API client. Undefined if no address is known for that. */
  readonly askToken: ((id: string, secret: string, signal: AbortSignal) => Promise<Timed>) | undefined;
  /** The connection to the instance; undefined before the first one. */
  connection(): Socket | undefined;
}

export const paths = {
  clients: '/api/identity/v1/developer-tokens',
  me: '/api/content/v2/users/me',
  token: '/oauth/token',
} as const;

/** A question that gets no answer soon is a finding: nothing is tried for long. */
const mostRetries = 1;

/** Throws what {@link readCertificates} does. */
export function openDomo(
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  userAgent: string,
  secrets: Secrets,
): Domo {
  const { baseUrl, credentials, requestTimeout, tokenAddress } = settings;
  // A user name that is a plain word would be found in the report's own sentences.
  const secretOnes = Object.entries(credentials).filter(
    ([name, value]) => name !== 'username' || !/^[a-z]+$/i.test(value),
  );
  for (const [, value] of secretOnes) secrets.hide(value);
  for (const password of proxyPasswords(environment)) secrets.hide(password);
  let connection: Socket | undefined;
  const common = {
    requestTimeout,
    maxRetries: Math.min(settings.maxRetries, mostRetries),
    trusted: settings.caCertificateFile ? readCertificates(settings.caCertificateFile) : [],
    userAgent,
    log: () => undefined,
    redact: secrets.scrub,
  };
  const onConnection = (socket: Socket) => {
    connection ??= socket;
  };
  const transport = http({ ...common, baseUrl, onConnection });
  const { send } = session(transport, credentials, new URL(baseUrl).origin, secrets.hide);
  const tokenTransport = tokenAddress === undefined ? undefined : http({ ...common, baseUrl: tokenAddress });

  return {
    settings,
    host: new URL(baseUrl).host,
    ask: (request, signal) => timed(() => send(request, signal)),
    askToken:
      tokenTransport &&
      ((id, secret, signal) => {
        const basic = Buffer.from(`${id}:${secret}`).toString('base64');
        secrets.hide(basic);
        const request: Request = {
          method: 'GET',
          path: `${paths.token}?grant_type=client_credentials`,
          headers: { Authorization: `Basic ${basic}` },
        };
        return timed(() => tokenTransport.send(request, signal));
      }),
    connection: () => connection,
  };
}

async function timed(work: () => Promise<Answer>): Promise<Timed> {
  // What is slow to load must not count as Domo's time.
  await loadTransport();
  const start = performance.now();
  const answer = await work();
  return { answer, ms: Math.round(performance.now() - start) };
}
