import { DomoError, messageOf, type Reason } from './api/transport/errors';
import { type NameArgument, withVariable } from './provider-block/schema';

/** Undefined if the message already says what to do. */
const adviceByReason = (
  the: NameArgument,
): Readonly<Record<Exclude<Reason, 'no-session'>, string | undefined>> => ({
  unreachable: `Check ${the('instance')} or ${the('base_url')}, the network, and HTTPS_PROXY and NO_PROXY.`,
  'certificate-expired': undefined,
  'certificate-name': `Check ${the('base_url')} and HTTPS_PROXY.`,
  'certificate-untrusted': `Behind a proxy that intercepts TLS, or with your own certificate authority, set ${the('ca_certificate_file')} to a PEM file with that authority's certificate.`,
  proxy: undefined,
  'invalid-header': `Check where it comes from, such as ${the('access_token')}.`,
  timeout: `If this keeps happening, raise ${the('request_timeout')}.`,
  'sign-in': `Check ${the('username')}, ${the('password')} and ${the('instance')}. If the instance uses single sign-on, only users on its direct sign-on list can sign in with a password, and nobody with multi-factor authentication can. An access token works in both cases: set ${the('access_token')} instead.`,
  'account-locked': undefined,
  blocked: `Have an administrator of the instance add this address to the allowlist, or run Terraform from an address that is on it.`,
  'server-failure': undefined,
});

/**
 * Anything thrown, in words for the practitioner: what happened, and which argument or variable to check.
 *
 * @param the names the arguments of the instance that was asked
 */
export function describeError(thrown: unknown, the: NameArgument = withVariable): string {
  const advice = adviceOn(thrown, the);
  return advice === undefined ? messageOf(thrown) : `${messageOf(thrown)} ${advice}`;
}

/**
 * The same for a request to the token endpoint, which has an address of its own and is asked with the credentials of a
 * client, not with those of the provider.
 */
export function describeTokenError(thrown: unknown, the: NameArgument = withVariable): string {
  if (!(thrown instanceof DomoError)) return describeError(thrown, the);
  const { kind, reason } = thrown;
  const isElsewhere = reason === 'unreachable' || reason === 'certificate-name' || kind === 'unreadable';
  if (isElsewhere)
    return `${messageOf(thrown)} Check ${the('api_url')}, the network, and HTTPS_PROXY and NO_PROXY.`;
  return reason === undefined ? messageOf(thrown) : describeError(thrown, the);
}

function adviceOn(thrown: unknown, the: NameArgument): string | undefined {
  if (!(thrown instanceof DomoError)) return undefined;
  const { kind, status, reason, cause, endpoint } = thrown;
  if (reason === 'no-session') return adviceOn(cause, the);
  if (reason !== undefined) return adviceByReason(the)[reason];
  if (kind === 'credentials')
    return `Check ${the('access_token')}, or ${the('username')} and ${the('password')}.`;
  if (status === undefined) return undefined;
  const isRedirect = status >= 300 && status < 400;
  if (kind === 'unreadable' || isRedirect) return `Check ${the('instance')} or ${the('base_url')}.`;
  const isCreation = endpoint.startsWith('POST ');
  return status === 403 && !isCreation ? `Check ${the('instance')}.` : undefined;
}
