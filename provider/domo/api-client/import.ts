import { failure, type ImportTarget } from '../../framework';
import type { Listing } from '../api/lists';
import type { ListedClient } from '../api/records';
import type { DomoContext } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { listedIds } from './ids';
import type { ClientState } from './schema';

/** Imports by id or, since Domo's page shows no ids, by exact name; `id:` and `name:` say which. The secret is null. */
export async function importClient(context: DomoContext, target: ImportTarget): Promise<ClientState> {
  const { client: domo } = context;
  const text = 'id' in target ? target.id : `id:${idOf(target.identity, domo.label())}`;
  const listing = await runWithTimeout(
    context,
    { kind: 'read', doing: `Importing "${text}"`, consequence: 'Nothing was imported.' },
    (signal) => domo.clients().list(signal),
  );
  const client = select(listing, text);
  context.warn(
    'The secret of an imported API client is unknown',
    `"${client.name}" (id ${client.id}) is managed from now on, but Domo shows a secret only at the creation: client_secret is null${listedIds(client).client_id === null ? ', and so is client_id, of which Domo shows only a part' : ''}. Whoever has them can go on using them. For a new secret replace the client.`,
  );
  return {
    ...listedIds(client),
    id: client.id,
    name: client.name,
    description: client.description,
    scopes: client.scopes,
    client_secret: null,
    owner_id: client.ownerId,
    instance: domo.label(),
    timeouts: null,
  };
}

function idOf(identity: Readonly<Record<string, string | null>>, label: string): string {
  const { instance, id } = identity;
  if (instance && instance !== label) {
    throw failure(
      'The client lives on another instance',
      `The identity names the instance "${instance}", and the provider is configured for "${label}". Nothing was imported.`,
    );
  }
  return id ?? '';
}

function select(listing: Listing, given: string): ListedClient {
  const text = given.normalize('NFC');
  if (text === '' || text === 'id:') {
    throw failure('Nothing to import', 'Give the numeric id or the exact name of an API client.');
  }
  const [, prefix, rest = ''] = /^(?:(id|name):)?(.*)$/s.exec(text) ?? [];
  const byId = prefix === 'name' ? undefined : listing.byId(rest);
  const byName = prefix === 'id' ? undefined : (listing.byName(rest) ?? listing.byName(text));
  if (byId && byName && byId.id !== byName.id) {
    throw failure(
      'It is ambiguous what to import',
      `"${rest}" is the id of "${byId.name}" and the name of the client with the id ${byName.id}. Say which: "id:${rest}" or "name:${rest}". Nothing was imported.`,
    );
  }
  const client = byId ?? byName;
  if (client) return client;
  throw failure(
    'There is no such API client to import',
    `No client in Domo's list has ${prefix === 'id' ? 'the id' : prefix === 'name' ? 'the name' : 'the id or the exact name'} "${rest}". Without the grant "Manage All Access Tokens and API Clients" the list has only one's own clients. Nothing was imported.`,
  );
}
