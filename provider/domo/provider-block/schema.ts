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

/** An entry of `instances`: who signs in, and where. Nothing else differs between instances. */
const entry = {
  access_token: optional(t.string, {
    description: 'An access token of this instance.',
    sensitive: true,
    validate: [nonEmpty],
  }),
  username: optional(t.string, {
    description: 'The e-mail address of a user to sign in as, instead of using a token.',
    validate: [nonEmpty],
  }),
  password: optional(t.string, {
    description: "That user's password.",
    sensitive: true,
    validate: [nonEmpty],
  }),
  base_url: optional(t.string, {
    description: "An address to use instead of the instance's own, for a proxy or a sandbox.",
    validate: [isFitAddress],
  }),
  api_url: optional(t.string, {
    description:
      "The address where this instance's API clients get their access tokens. Without it, the argument `api_url` of the provider block applies, unless the entry has a `base_url`.",
    validate: [isFitAddress],
  }),
};

const shown = (value: string | number | boolean) => `\`${JSON.stringify(value)}\``;

/** The provider block. Everything except `additional_scopes` can come from the environment instead. */
export const attributes = {
  instance: optional(t.string, {
    description:
      'The Domo instance to manage: `acme`, `acme.domo.com` or `https://acme.domo.com`. Needed unless `base_url` or `instances` is set. With `instances`, it is the default.',
    environment: ['DOMO_INSTANCE'],
    validate: [isInstance],
  }),
  instances: optional(t.map(t.nested(entry)), {
    description:
      'More instances, by the names that `instance` of a resource, data source, list, ephemeral resource or action uses. A name is that of a Domo instance, or any name of letters, digits, `-`, `_`, `.` and `:` if the entry has a `base_url`. An entry without credentials takes them from `DOMO_ACCESS_TOKEN_…` (else `DOMO_DEVELOPER_TOKEN_…`), or from `DOMO_USERNAME_…` and `DOMO_PASSWORD_…`, which end with its name in capitals with `_` for every other character: `DOMO_ACCESS_TOKEN_ACME_EMEA` for `acme-emea`. All other arguments apply to every instance. An instance is only asked if something uses it.',
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
export type EntryConfiguration = Config<typeof entry>;

/** Names an argument in messages, with its environment variable: `instance (DOMO_INSTANCE)`. */
export type NameArgument = (name: keyof Configuration) => string;

/** Those of the default instance, and of all instances. */
export const withVariable: NameArgument = (name) => {
  const [variable] = attributes[name].environment;
  return variable === undefined ? name : `${name} (${variable})`;
};
