import { DomoError, messageOf, type Reason } from './api/transport/errors';
import { withVariable } from './provider-block/schema';

const [instance, baseUrl] = [withVariable('instance'), withVariable('base_url')];
const apiUrl = withVariable('api_url');
const [token, username, password] = [
  withVariable('access_token'),
  withVariable('username'),
  withVariable('password'),
];

/** Undefined if the message already says what to do. */
const adviceByReason: Readonly<Record<Exclude<Reason, 'no-session'>, string | undefined>> = {
  unreachable: `Check ${instance} or ${baseUrl}, the network, and HTTPS_PROXY and NO_PROXY.`,
  'certificate-expired': undefined,
  'certificate-name': `Check ${baseUrl} and HTTPS_PROXY.`,
  'certificate-untrusted': `Behind a proxy that intercepts TLS, or with your own certificate authority, set ${withVariable('ca_certificate_file')} to a PEM file with that authority's certificate.`,
  proxy: undefined,
  'invalid-header': `Check where it comes from, such as ${token}.`,
  timeout: `If this keeps happening, raise ${withVariable('request_timeout')}.`,
  'sign-in': `Check ${username}, ${password} and ${instance}. If the instance uses single sign-on, only users on its direct sign-on list can sign in with a password, and nobody with multi-factor authentication can. An access token works in both cases: set ${token} instead.`,
  'account-locked': undefined,
  blocked: `Have an administrator of the instance add this address to the allowlist, or run Terraform from an address that is on it.`,
  'server-failure': undefined,
};

/** Anything thrown, in words for the practitioner: what happened, and which argument or variable to check. */
export function describeError(thrown: unknown): string {
  const advice = adviceOn(thrown);
  return advice === undefined ? messageOf(thrown) : `${messageOf(thrown)} ${advice}`;
}

/**
 * The same for a request to the token endpoint, which has an address of its own and is asked with the credentials of a
 * client, not with those of the provider.
 */
export function describeTokenError(thrown: unknown): string {
  if (!(thrown instanceof DomoError)) return describeError(thrown);
  const { kind, reason } = thrown;
  const isElsewhere = reason === 'unreachable' || reason === 'certificate-name' || kind === 'unreadable';
  if (isElsewhere) return `${messageOf(thrown)} Check ${apiUrl}, the network, and HTTPS_PROXY and NO_PROXY.`;
  return reason === undefined ? messageOf(thrown) : describeError(thrown);
}

function adviceOn(thrown: unknown): string | undefined {
  if (!(thrown instanceof DomoError)) return undefined;
  const { kind, status, reason, cause, endpoint } = thrown;
  if (reason === 'no-session') return adviceOn(cause);
  if (reason !== undefined) return adviceByReason[reason];
  if (kind === 'credentials') return `Check ${token}, or ${username} and ${password}.`;
  if (status === undefined) return undefined;
  const isRedirect = status >= 300 && status < 400;
  if (kind === 'unreadable' || isRedirect) return `Check ${instance} or ${baseUrl}.`;
  const isCreation = endpoint.startsWith('POST ');
  return status === 403 && !isCreation ? `Check ${instance}.` : undefined;
}
