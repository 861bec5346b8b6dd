import {
  computed,
  errorDiagnostic,
  failure,
  isUnknown,
  optionalComputed,
  t,
  validator,
} from '../../framework';
import type { Listing } from '../api/listing';
import type { ListedClient } from '../api/records';
import { define } from '../define';
import { nearest } from '../nearest';
import { connectionFor, instanceAttribute } from '../on-instance';
import { ownerDescription, ownersArgument, ownersOf, ownerType } from '../owners';
import { runWithTimeout } from '../run-with-timeout';
import { listed, listedState } from './listed';
import { describeClient, incomplete } from './messages';

const isId = validator<string>('must be the numeric id of a client', (text) =>
  /^\d+$/.test(text) ? undefined : `"${text}" is not a number. To look a client up by name, set name.`,
);

export const apiClient = define.dataSource('api_client', {
  description:
    'One API client, looked up by id or exact name. A client that does not exist, or that the caller cannot see, is an error. Secrets are never returned.',
  attributes: {
    ...listed,
    instance: instanceAttribute('to ask'),
    id: optionalComputed(t.string, {
      description: "The client's numeric id in Domo. Set exactly one of `id` and `name`.",
      validate: [isId],
    }),
    name: optionalComputed(t.string, {
      description: 'The exact name. Set exactly one of `id` and `name`.',
    }),
    owners: ownersArgument,
    owner: computed(ownerType, {
      description: `The owner: ${ownerDescription}`,
      nullable: true,
    }),
  },
  validate({ id, name }) {
    const given = [id, name].filter((value) => value !== null);
    // An unknown value may turn out to be null.
    if (given.length === 1 || given.some(isUnknown)) return [];
    return [
      errorDiagnostic(
        'Set exactly one of id and name',
        `The data source looks one client up, by id or by name. ${given.length === 0 ? 'Neither is set: set one.' : 'Both are set: remove one.'}`,
      ),
    ];
  },
  async read(given, { id, name, owners, instance }) {
    const context = connectionFor(given, instance);
    const { client: domo } = context;
    const criterion = id === null ? `the name "${name}"` : `the id ${id}`;
    const doing = `Reading the API client with ${criterion}`;
    const clients = domo.clients();
    return runWithTimeout(
      context,
      { kind: 'read', doing, consequence: 'Nothing was changed.' },
      async (signal) => {
        let listing = await clients.list(signal);
        let found = select(listing, { id, name });
        // An older list answers only as long as nothing is being changed, here or by what this depends on.
        const isChanging =
          domo.mayApply || clients.hasChanged() || found.some((each) => domo.planned.isGoing(each.id));
        if (found.length === 0 || isChanging) {
          listing = await clients.upToDate(signal);
          found = select(listing, { id, name });
        }
        const [client, ...others] = found;
        if (others.length > 0) throw ambiguous(criterion, found);
        if (client) {
          const ownerOf = await ownersOf(context, owners, [client.ownerId], signal);
          const owner = ownerOf(client.ownerId);
          return { ...listedState(client, domo), instance: instance ?? domo.label(), owners, owner };
        }
        if (listing.part !== undefined) throw incomplete(listing.part);
        if (!(await clients.seesOthers(listing, signal))) throw notVisible(criterion);
        const names = [...listing.all()].map((each) => each.name);
        throw notThere(criterion, id === null ? nearest(name ?? '', names) : undefined);
      },
    );
  },
});

function select(
  listing: Listing,
  { id, name }: { readonly id: string | null; readonly name: string | null },
) {
  if (id === null) return listing.byName(name ?? '');
  const client = listing.byId(id);
  return client ? [client] : [];
}

function ambiguous(criterion: string, clients: readonly ListedClient[]) {
  return failure(
    'More than one API client has this name',
    `${clients.map(describeClient).join(' and ')} both have ${criterion}. Set id instead of name.`,
  );
}

function notThere(criterion: string, similar: string | undefined) {
  const suggestion = similar === undefined ? '' : ` Did you mean "${similar}"?`;
  return failure(
    'There is no such API client',
    `No API client of the instance has ${criterion}.${suggestion} It may have been revoked, or may never have existed.`,
  );
}

function notVisible(criterion: string) {
  return failure(
    'No such API client is visible',
    `No client with ${criterion} is visible to this user. Either it does not exist, or it belongs to another user: without the grant "Manage All Access Tokens and API Clients" Domo shows callers only their own clients, and this list has no others. Use a token of the owner, or of a user with that grant.`,
  );
}
