import { type Config, each, nonEmpty, optional, t, validator } from '../../framework';
import { isDuration } from '../duration';
import { instanceName, noInstanceName, unfitAddress } from './addresses';

const isInstance = validator<string>(
  'must be an instance such as "acme", "acme.domo.com" or "https://acme.domo.com"',
  (text) => (instanceName(text) === undefined ? noInstanceName(text) : undefined),
);

const isFitAddress = validator<string>('must be an https address, or an http loopback address', (text) => {
  const reason = unfitAddress(text.trim());
  return reason && `The address ${reason}.`;
});

export const isRetryCount = validator<number>('must be a whole number from 0 to 100', (count) =>
  Number.isInteger(count) && count >= 0 && count <= 100
    ? undefined
    : `${count} is out of range or not whole.`,
);

/** The values used if neither the configuration nor the environment sets an argument. */
export const defaults = { read_only: false, request_timeout: '30s', max_retries: 4 } as const;

const shown = (value: string | number | boolean) => `\`${JSON.stringify(value)}\``;

/** The provider block. Everything except `additional_scopes` can come from the environment instead. */
export const attributes = {
  instance: optional(t.string, {
    description:
      'The Domo instance to manage: `acme`, `acme.domo.com` or `https://acme.domo.com`. Needed unless `base_url` is set.',
    environment: ['DOMO_INSTANCE'],
    validate: [isInstance],
  }),
  access_token: optional(t.string, {
    description: 'An access token of the instance (Admin > Authentication > Access tokens).',
    environment: ['DOMO_ACCESS_TOKEN', 'DOMO_DEVELOPER_TOKEN'],
    sensitive: true,
    validate: [nonEmpty],
  }),
  username: optional(t.string, {
    description: 'The e-mail address of a user to sign in as, instead of using a token.',
    environment: ['DOMO_USERNAME'],
    validate: [nonEmpty],
  }),
  password: optional(t.string, {
    description: "That user's password.",
    environment: ['DOMO_PASSWORD'],
    sensitive: true,
    validate: [nonEmpty],
  }),
  base_url: optional(t.string, {
    description: "An address to use instead of the instance's own, for a proxy or a sandbox.",
    environment: ['DOMO_BASE_URL'],
    validate: [isFitAddress],
  }),
  api_url: optional(t.string, {
    description:
      'An address to use instead of `https://api.domo.com`, where API clients get their access tokens: for `domo_access_token` and `domo_check_api_client`, and to check whether a client that is missing from the list still signs in.',
    environment: ['DOMO_API_URL'],
    validate: [isFitAddress],
  }),
  ca_certificate_file: optional(t.string, {
    description:
      'A PEM file of certificates to trust in addition to the usual ones, for a proxy that intercepts TLS.',
    environment: ['DOMO_CA_CERTIFICATE_FILE'],
    validate: [nonEmpty],
  }),
  read_only: optional(t.bool, {
    description: 'Whether to refuse to create or revoke anything; plans work as usual. For drift jobs.',
    defaultText: shown(defaults.read_only),
    environment: ['DOMO_READ_ONLY'],
  }),
  additional_scopes: optional(t.set(t.string), {
    description: 'Additional scopes to accept: those that Domo has added since this release.',
    validate: [each(nonEmpty)],
  }),
  request_timeout: optional(t.string, {
    description: 'How long one request may take.',
    defaultText: shown(defaults.request_timeout),
    environment: ['DOMO_REQUEST_TIMEOUT'],
    validate: [isDuration],
  }),
  max_retries: optional(t.number, {
    description: 'How many times a request that is safe to repeat is retried.',
    defaultText: shown(defaults.max_retries),
    environment: ['DOMO_MAX_RETRIES'],
    validate: [isRetryCount],
  }),
};

export type Configuration = Config<typeof attributes>;

/** An argument as messages name it, with its environment variable: `instance (DOMO_INSTANCE)`. */
export function withVariable(name: keyof Configuration): string {
  const [variable] = attributes[name].environment;
  return variable === undefined ? name : `${name} (${variable})`;
}
