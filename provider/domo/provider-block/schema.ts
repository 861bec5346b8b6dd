import { atLeastOne, type Config, each, nonEmpty, optional, t, validator } from '../../framework';
import { isDuration } from '../duration';
import { instanceName, unfitAddress } from './addresses';

const isInstance = validator<string>(
  'must be the name of an instance, such as "acme" or "acme.domo.com"',
  (text) =>
    instanceName(text) === undefined
      ? `"${text}" is not: letters, digits and "-" only, and no other domain.`
      : undefined,
);

const isFitAddress = validator<string>(
  'must be an https address, or an http address of this very machine',
  (text) => {
    const reason = unfitAddress(text);
    return reason && `The address ${reason}.`;
  },
);

export const isRetryCount = validator<number>('must be a whole number from 0 to 100', (count) =>
  Number.isInteger(count) && count >= 0 && count <= 100 ? undefined : `${count} is not.`,
);

/** The values used if neither the configuration nor the environment sets an argument. */
export const defaults = { read_only: false, request_timeout: '30s', max_retries: 4 } as const;

const shown = (value: string | number | boolean) => `\`${JSON.stringify(value)}\``;

/** The provider block. Everything except `additional_scopes` can come from the environment instead. */
export const attributes = {
  instance: optional(t.string, {
    description: 'The Domo instance to manage. Needed unless `base_url` is set.',
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
    description: 'The e-mail address of a user, to sign in with instead of a token.',
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
      'An address to use instead of `https://api.domo.com`. It is asked only whether the credentials of a client that the list lacks still work.',
    environment: ['DOMO_API_URL'],
    validate: [isFitAddress],
  }),
  ca_certificate_file: optional(t.string, {
    description:
      'A file with certificates (PEM) to trust beside the usual ones, for a proxy that opens TLS connections.',
    environment: ['DOMO_CA_CERTIFICATE_FILE'],
    validate: [nonEmpty],
  }),
  read_only: optional(t.bool, {
    description: 'Refuse to create or revoke anything at apply; plans work as usual. For drift jobs.',
    defaultText: shown(defaults.read_only),
    environment: ['DOMO_READ_ONLY'],
  }),
  additional_scopes: optional(t.set(t.string), {
    description: 'Scopes that Domo has added since this release, so that they can be used.',
    validate: [atLeastOne, each(nonEmpty)],
  }),
  request_timeout: optional(t.string, {
    description: 'How long one request may take.',
    defaultText: shown(defaults.request_timeout),
    environment: ['DOMO_REQUEST_TIMEOUT'],
    validate: [isDuration],
  }),
  max_retries: optional(t.number, {
    description: 'How often a request that is safe to repeat is tried again.',
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
