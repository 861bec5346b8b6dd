import { type Context, failure, type ImportTarget } from '../../framework';
import { composed } from '../api/composed';
import type { Listing } from '../api/listing';
import type { ListedClient } from '../api/records';
import type { Domo } from '../connection';
import type { Instances } from '../instances';
import { nearest } from '../nearest';
import { withVariable } from '../provider-block/schema';
import { runWithTimeout } from '../run-with-timeout';
import { listedIds } from './ids';
import { describeClient } from './messages';
import { rememberOrigin, rememberSeen } from './private-state';
import type { ClientState } from './schema';
import { noSecret } from './sealed-secret';

/**
 * Imports by id or, since Domo's page shows no ids, by exact name; `id:` and `name:` say which, and `acme-emea/` before them
 * on which instance. The secret is null.
 */
export async function importClient(given: Context<Instances>, target: ImportTarget): Promise<ClientState> {
  const { domo, text, hint } =
    'id' in target ? placed(given.client, target.id) : identified(given.client, target);
  const context = { ...given, client: domo };
  const listing = await runWithTimeout(
    context,
    { kind: 'read', doing: `Importing "${text}"`, consequence: 'Nothing was imported.' },
    (signal) => domo.clients().list(signal),
  );
  const client = select(listing, text, hint);
  const { scopes } = client;
  if (scopes === null) {
    throw failure(
      'Unexpected response from Domo',
      `The entry of ${describeClient(client)} in Domo's list has no scopes, so it cannot be compared with a configuration. Nothing was imported. Try again; if it keeps happening, please report it.`,
    );
  }
  rememberOrigin(context, 'imported');
  const ids = listedIds(client);
  rememberSeen(context, { name: client.name, client_id: ids.client_id }, client, true);
  if (domo.onceForAll('imported secrets')) {
    context.warn(
      'The secret of an imported API client is unknown',
      `Domo shows a secret only when a client is created. For ${describeClient(client)} and every other client that this run imports, client_secret is therefore null${ids.client_id === null ? ', and so is client_id, since Domo shows only part of it' : ''}. Existing credentials keep working. To get a new secret, replace the client.`,
    );
  }
  return {
    ...ids,
    id: client.id,
    name: client.name,
    description: client.description,
    scopes,
    secret_public_key: null,
    ...noSecret,
    owner_id: client.ownerId,
    instance: domo.label(),
    timeouts: null,
  };
}

interface Placed {
  readonly domo: Domo;
  readonly text: string;
  /** What to say if there is no such client. */
  readonly hint?: string;
}

/** A name can have a slash, too: what is before it counts only if that is an instance, and what follows can be nothing else. */
function placed(instances: Instances, given: string): Placed {
  const text = composed(given);
  const [, before = '', rest = ''] = /^([^/]+)\/((?:id|name):.*)$/s.exec(text) ?? [];
  const domo = before === '' ? undefined : instances.find(before);
  if (domo !== undefined) return { domo: instances.at(before), text: rest };
  const fallback = atDefault(instances, 'Put one of them before the import ID, as in acme-emea/id:1234');
  if (before === '') return { domo: fallback, text };
  const hint = ` "${before}" is no instance of the provider, which has ${instances.names()}.`;
  return { domo: fallback, text, hint };
}

function atDefault(instances: Instances, advice: string): Domo {
  const names = instances.names();
  if (instances.hasDefault || names === '') return instances.at(null);
  throw failure(
    'The instance must be set',
    `The provider has no default instance, but ${names}. Nothing was imported. ${advice}, or give the provider a default with ${withVariable('instance')}.`,
  );
}

function identified(
  instances: Instances,
  { identity: { instance, id } }: Extract<ImportTarget, { readonly identity: unknown }>,
): Placed {
  const text = `id:${id ?? ''}`;
  if (!instance)
    return { domo: atDefault(instances, 'To say which is meant, set instance in the identity'), text };
  if (instances.find(instance) !== undefined) return { domo: instances.at(instance), text };
  throw failure(
    'The identity belongs to another instance',
    `The identity names the instance "${instance}", but the provider is configured for ${instances.names()}. Nothing was imported. Correct the identity, or ${withVariable('instance')}.`,
  );
}

function select(listing: Listing, given: string, hint = ''): ListedClient {
  const text = composed(given);
  if (text === '' || text === 'id:') {
    throw failure('Nothing to import', 'Give the numeric id or the exact name of an API client.');
  }
  const [, prefix, rest = ''] = /^(?:(id|name):)?(.*)$/s.exec(text) ?? [];
  const byId = prefix === 'name' ? undefined : listing.byId(rest);
  const named = prefix === 'id' ? [] : [...listing.byName(rest), ...(prefix ? listing.byName(text) : [])];
  const [other, ...others] = named.filter(({ id }) => id !== byId?.id);
  if (byId && other)
    throw ambiguous(
      rest,
      `is the id of "${byId.name}" and the name of the client with the id ${other.id}. Say which: "id:${rest}" or "name:${rest}"`,
    );
  if (others.length > 0)
    throw ambiguous(
      rest,
      `is the name of ${named.map(describeClient).join(' and of ')}. Say which by its id: ${named.map(({ id }) => `"id:${id}"`).join(' or ')}`,
    );
  const client = byId ?? other;
  if (client) return client;
  throw notThere(listing, prefix, rest, hint);
}

function ambiguous(text: string, why: string) {
  return failure('The import ID is ambiguous', `"${text}" ${why}. Nothing was imported.`);
}

function notThere(listing: Listing, prefix: string | undefined, text: string, hint: string) {
  const criterion = prefix === 'id' ? 'the id' : prefix === 'name' ? 'the name' : 'the id or the exact name';
  const names = prefix === 'id' ? [] : [...listing.all()].map(({ name }) => name);
  const similar = nearest(text, names);
  const suggestion = similar === undefined ? '' : ` Did you mean "${similar}"?`;
  const part = listing.part === undefined ? '' : ` Domo marked the list as incomplete: ${listing.part}.`;
  return failure(
    'There is no such API client to import',
    `No client in Domo's list has ${criterion} "${text}".${suggestion}${hint}${part} Without the grant "Manage All Access Tokens and API Clients" the list has only the caller's own clients. Nothing was imported.`,
  );
}
