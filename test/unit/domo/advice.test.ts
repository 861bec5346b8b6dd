import { describeError } from '../../../provider/domo/advice';
import {
  DomoError,
  type Kind,
  parseJson,
  type Reason,
  unsuccessful,
} from '../../../provider/domo/api/transport/errors';

const get = { method: 'GET', path: '/list' } as const;
const error = (kind: Kind, about: { reason?: Reason; cause?: unknown } = {}) =>
  new DomoError(kind, get, 'what happened.', about);

it.each<[Kind, Reason, string]>([
  [
    'not-sent',
    'unreachable',
    'Check instance (DOMO_INSTANCE) or base_url (DOMO_BASE_URL), the network, and HTTPS_PROXY and NO_PROXY.',
  ],
  ['not-sent', 'certificate-name', 'Check base_url (DOMO_BASE_URL) and HTTPS_PROXY.'],
  [
    'not-sent',
    'certificate-untrusted',
    "Behind a proxy that intercepts TLS, or with your own certificate authority, set ca_certificate_file (DOMO_CA_CERTIFICATE_FILE) to a PEM file with that authority's certificate.",
  ],
  ['not-sent', 'invalid-header', 'Check where it comes from, such as access_token (DOMO_ACCESS_TOKEN).'],
  ['no-answer', 'timeout', 'If this keeps happening, raise request_timeout (DOMO_REQUEST_TIMEOUT).'],
  [
    'credentials',
    'sign-in',
    'Check username (DOMO_USERNAME), password (DOMO_PASSWORD) and instance (DOMO_INSTANCE). If the instance uses single sign-on, only users on its direct sign-on list can sign in with a password, and nobody with multi-factor authentication can. An access token works in both cases: set access_token (DOMO_ACCESS_TOKEN) instead.',
  ],
  [
    'refused',
    'blocked',
    'Have an administrator of the instance add this address to the allowlist, or run Terraform from an address that is on it.',
  ],
])('%s, %s: names what to look at', (kind, reason, advice) => {
  expect(describeError(error(kind, { reason }))).toBe(`GET /list: what happened. ${advice}`);
  const wrapped = error('not-sent', { reason: 'no-session', cause: error(kind, { reason }) });
  expect(describeError(wrapped)).toBe(`GET /list: what happened. ${advice}`);
});

it.each([
  [302, 'Check instance (DOMO_INSTANCE) or base_url (DOMO_BASE_URL).'],
  [401, 'Check access_token (DOMO_ACCESS_TOKEN), or username (DOMO_USERNAME) and password (DOMO_PASSWORD).'],
  [403, 'Check instance (DOMO_INSTANCE).'],
])('an answer of %i: names what to look at', (status, advice) => {
  const refused = unsuccessful(get, { status, body: '' });
  expect(describeError(refused)).toBe(`${refused.message} ${advice}`);
});

it('something else than Domo has answered: names the address', () => {
  let thrown: unknown;
  try {
    parseJson(get, { status: 200, body: '<html>' }, 'a JSON array');
  } catch (unreadable) {
    thrown = unreadable;
  }
  expect(describeError(thrown)).toMatch(/ Check instance \(DOMO_INSTANCE\) or base_url \(DOMO_BASE_URL\)\.$/);
});

it.each([
  ['a broken connection', error('no-answer')],
  ['an answer too large', error('unreadable')],
  ['a certificate out of date', error('not-sent', { reason: 'certificate-expired' })],
  ['a locked account', error('credentials', { reason: 'account-locked' })],
  ['a refusal', unsuccessful(get, { status: 400, body: '' })],
  ['an interrupt', error('aborted', { cause: new Error('interrupted') })],
  ['what is not from Domo', new Error('timeouts.read (5m) has expired')],
])('%s: the message says it all', (_, thrown) => {
  expect(describeError(thrown)).toBe(thrown.message);
});
