import { atLeastOne, each, nonEmpty, optional, t, type Validator, validator } from '../framework';
import { instanceName, unfitAddress } from './addresses';
import { isDuration } from './duration';

const isInstance = validator<string>(
  'must be the name of an instance, such as "acme" or "acme.domo.com"',
  (text) =>
    instanceName(text) === undefined
      ? `"${text}" is not: letters, digits and "-" only, and no other domain.`
      : undefined,
);

const isFitAddress = validator<string>('must be a safe address', (text) => {
  const reason = unfitAddress(text);
  return reason && `The address ${reason}.`;
});

const isRetryCount = validator<number>('must be a whole number from 0 to 100', (count) =>
  Number.isInteger(count) && count >= 0 && count <= 100 ? undefined : `${count} is not.`,
);

/** A rule that also tells where the value may come from instead. */
const argument = <T>({ rule, check }: Validator<T>, variable: string): readonly Validator<T>[] => [
  validator(`${rule} (environment: ${variable})`, check),
];

/** The provider block. Everything can come from the environment instead, but for `additional_scopes`. */
export const configuration = {
  instance: optional(t.string, {
    description:
      'The Domo instance: `acme` or `acme.domo.com`. Environment: `DOMO_INSTANCE`. Needed unless `base_url` is set.',
    validate: argument(isInstance, 'DOMO_INSTANCE'),
  }),
  access_token: optional(t.string, {
    description:
      'An access token of the instance (Admin > Authentication > Access tokens). Environment: `DOMO_ACCESS_TOKEN`, else `DOMO_DEVELOPER_TOKEN`.',
    sensitive: true,
    validate: argument(nonEmpty, 'DOMO_ACCESS_TOKEN'),
  }),
  username: optional(t.string, {
    description:
      'The e-mail address of a user, to sign in with instead of a token. Environment: `DOMO_USERNAME`.',
    validate: argument(nonEmpty, 'DOMO_USERNAME'),
  }),
  password: optional(t.string, {
    description: "That user's password. Environment: `DOMO_PASSWORD`.",
    sensitive: true,
    validate: argument(nonEmpty, 'DOMO_PASSWORD'),
  }),
  base_url: optional(t.string, {
    description:
      "An address to use instead of the instance's own, for a proxy or a sandbox: https, or http to a loopback address. Environment: `DOMO_BASE_URL`.",
    validate: argument(isFitAddress, 'DOMO_BASE_URL'),
  }),
  api_url: optional(t.string, {
    description:
      'An address to use instead of `https://api.domo.com`: https, or http to a loopback address. Nothing in this release calls it. Environment: `DOMO_API_URL`.',
    validate: argument(isFitAddress, 'DOMO_API_URL'),
  }),
  read_only: optional(t.bool, {
    description:
      'Refuse to create or revoke anything at apply; plans work as usual. For drift jobs. Environment: `DOMO_READ_ONLY` (`true` or `false`). Default: `false`.',
  }),
  additional_scopes: optional(t.set(t.string), {
    description: 'Scopes that Domo has added since this release, so that they can be used.',
    validate: [atLeastOne, each(nonEmpty)],
  }),
  request_timeout: optional(t.string, {
    description:
      'How long one request may take, as a duration such as `"45s"`. Environment: `DOMO_REQUEST_TIMEOUT`. Default: `"30s"`.',
    validate: argument(isDuration, 'DOMO_REQUEST_TIMEOUT'),
  }),
  max_retries: optional(t.number, {
    description:
      'How often a request that is safe to repeat is tried again. Environment: `DOMO_MAX_RETRIES`. Default: `4`.',
    validate: argument(isRetryCount, 'DOMO_MAX_RETRIES'),
  }),
};
