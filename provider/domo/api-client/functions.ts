import { parameter, t } from '../../framework';
import { define } from '../define';
import { mask } from './ids';

export const basicAuth = define.function('basic_auth', {
  summary: 'The Authorization header for a client.',
  description:
    "Returns the value of the `Authorization` header with which an API client asks Domo's token endpoint for an access token: `Basic` and the Base64 of client id and secret. The result is as sensitive or ephemeral as the secret.",
  parameters: {
    client_id: parameter(t.string, { description: 'The OAuth client id, without a colon.' }),
    client_secret: parameter(t.string, { description: 'The OAuth client secret.' }),
  },
  returns: t.string,
  run({ client_id: id, client_secret: secret }, { argumentError }) {
    if (id.includes(':')) {
      throw argumentError('client_id', 'A client id with a colon in it cannot be told from the secret.');
    }
    return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  },
});

export const maskClientId = define.function('mask_client_id', {
  summary: 'The part of a client id that is safe to show.',
  description:
    "Returns the beginning of a client id, at most eight characters and never more than half of it, with an ellipsis: the form of `masked_client_id`, by which a client can be recognised on Domo's page. The result of a sensitive id is sensitive, too: `nonsensitive()` shows it.",
  parameters: { client_id: parameter(t.string, { description: 'The OAuth client id.' }) },
  returns: t.string,
  run: ({ client_id: id }) => mask(id),
});
