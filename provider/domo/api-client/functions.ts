import { parameter, t } from '../../framework';
import { define } from '../define';
import { mask } from './ids';

export const basicAuth = define.function('basic_auth', {
  summary: 'The Authorization header for a client.',
  description:
    'Returns the value of the `Authorization` header with which an API client requests an access token from Domo: `Basic` and the Base64 encoding of the client id and secret. If an argument is sensitive or ephemeral, so is the result.',
  parameters: {
    client_id: parameter(t.string, { description: 'The OAuth client id, without a colon.' }),
    client_secret: parameter(t.string, { description: 'The OAuth client secret.' }),
  },
  returns: t.string,
  run({ client_id: id, client_secret: secret }, { argumentError }) {
    if (id.includes(':')) {
      throw argumentError('client_id', 'A client id must not contain a colon.');
    }
    return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  },
});

export const maskClientId = define.function('mask_client_id', {
  summary: 'The part of a client id that is safe to show.',
  description:
    "Returns the first characters of a client id (at most eight, and never more than half of it) and an ellipsis, as in `masked_client_id`: enough to recognise the client on Domo's page. If the id is sensitive, so is the result; use `nonsensitive()` to show it.",
  parameters: { client_id: parameter(t.string, { description: 'The OAuth client id.' }) },
  returns: t.string,
  run: ({ client_id: id }) => mask(id),
});
