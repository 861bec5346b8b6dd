import { type Context, type Failure, failure } from '../../framework';
import { isMasked } from '../api/client-ids';
import { type Described, readDescribed } from '../api/records';
import { maybeSameText } from '../api/spelling';
import { fieldsOf } from '../api/transport/json';
import { listedIds, mask } from './ids';
import { importBlock } from './messages';
import { rememberRequest } from './private-state';
import type { StoredClient } from './schema';
import { noSecret } from './sealed-secret';

/**
 * Turns the state of a `restapi_object` of Mastercard/restapi into one of ours. Its majors declare no schema version, so
 * each attribute is read for what it can hold in any of them. `id` is right in all. `api_response` is what was read last,
 * `data` what the user or the server says, and `create_response` the answer to the creation or to the read after it.
 * `api_data` is never read: it has numbers and lists as Go prints them.
 *
 * Its private state is not ours, and which instance the client is on it does not say: the first refresh tells. A body
 * that the user wrote differently from what Domo shows is remembered beside the state.
 *
 * @throws a {@link Failure} that says to import the client instead, if its id, name or scopes are not there
 */
export function fromRestapi(
  { private: stored }: Pick<Context<never>, 'private'>,
  foreign: unknown,
): StoredClient {
  const fields = fieldsOf(foreign);
  const stated = (name: string) => describedIn(fields.get(name));
  const id = fields.get('id');
  const [response, data, creation] = ['api_response', 'data', 'create_response'].map(stated);
  const all = [response, data, creation].filter((each) => each !== undefined);
  const isId = typeof id === 'string' && /^\d{1,30}$/.test(id);
  if (!isId) {
    const name = first(all, 'name');
    throw notMoved(
      name,
      "Its id is not the number that Domo gives to an API client (clients made at Domo's older endpoint, for example, have another)",
      name === null ? 'name:<name of the client>' : `name:${name}`,
    );
  }
  // An object with the id of another client describes another client.
  const own = all.filter((each) => each.id === null || each.id === id);
  const [name, scopes] = [first(own, 'name'), first(own, 'scopes')];
  // What has both describes the whole client: a description that is missing there is empty.
  const whole = own.find((each) => each.name !== null && each.scopes !== null);
  if (name === null || scopes === null) {
    throw notMoved(
      name,
      `It does not say which ${name === null ? 'name' : 'scopes'} the client has`,
      `id:${id}`,
    );
  }
  if (data && own.includes(data) && data.name !== null && maybeSameText(data.name, name)) {
    rememberRequest(stored, data);
  }
  return {
    id,
    name,
    description: first(whole ? [whole] : own, 'description') ?? '',
    scopes,
    ...clientIdsOf(own),
    secret_public_key: null,
    ...noSecret,
    client_secret: secretOf(creation, id),
    owner_id: first(own, 'ownerId'),
    instance: null,
    timeouts: null,
  };
}

function describedIn(text: unknown): Described | undefined {
  return typeof text === 'string' ? readDescribed(text) : undefined;
}

function first<K extends keyof Described>(all: readonly Described[], key: K): Described[K] | null {
  return all.find((each) => each[key] !== null)?.[key] ?? null;
}

/** A whole client id, wherever there is one; otherwise what the list showed of it. */
function clientIdsOf(all: readonly Described[]): Pick<StoredClient, 'client_id' | 'masked_client_id'> {
  const shown = all.flatMap(({ clientId }) => clientId ?? []);
  const whole = shown.find((each) => !isMasked(each));
  if (whole !== undefined) return { client_id: whole, masked_client_id: mask(whole) };
  return listedIds({ clientId: shown[0] ?? null });
}

/** Only the answer to a creation has a secret beside the id and a whole client id. */
function secretOf(creation: Described | undefined, id: string): string | null {
  if (creation?.id !== id || creation.clientId === null || isMasked(creation.clientId)) return null;
  return creation.clientSecret;
}

function notMoved(name: string | null, why: string, importId: string): Failure {
  return failure(
    'The object cannot become an API client',
    `The restapi_object${name === null ? '' : ` of the API client "${name}"`} was not moved. ${why}. Its state was left as it is. Import the client instead: remove the moved block, release the restapi_object from the state with a removed block and lifecycle { destroy = false } (so that nothing is revoked), and add

${importBlock(importId)}`,
  );
}
