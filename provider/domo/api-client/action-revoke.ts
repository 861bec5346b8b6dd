import { attributePath, failure, isUnknown, required, root, t } from '../../framework';
import { define } from '../define';
import { connectionFor, instanceArgument } from '../on-instance';
import { revokeEach } from './action-revoke-invoke';
import { requireOneList, warnOfRevocations } from './action-revoke-plan';
import { requireWritable } from './messages';
import { areNamedById, namedClients } from './named-clients';

export const revokeApiClients = define.action('revoke_api_clients', {
  description:
    'Revokes the API clients that you name by id and name, and no others. It is meant for clients that no resource manages, but does not check that. The plan lists them all in one warning, and fails if an id belongs to a client with another name. The apply checks that again just before each revocation. If one cannot be revoked, the others are revoked all the same, and the action fails with a list of what is left. Clients that do not exist are reported. This cannot be undone.',
  attributes: {
    clients: required(t.map(t.string), {
      description:
        "The clients to revoke: the numeric id of each, with its name as Domo's list shows it. All must be known when planning.",
      validate: [areNamedById],
    }),
    instance: instanceArgument('that has the clients'),
  },

  async plan(given, { clients, instance }) {
    if (isUnknown(instance)) throw notKnown('instance');
    const context = connectionFor(given, instance);
    requireWritable(context.client, 'The action cannot revoke API clients');
    const names: Record<string, string> = {};
    for (const [id, name] of isUnknown(clients) ? [['', clients] as const] : Object.entries(clients)) {
      if (isUnknown(name)) throw notKnown('clients');
      names[id] = name;
    }
    const named = namedClients(names);
    requireOneList(context.client, named);
    await warnOfRevocations(context, named);
  },

  async invoke(given, { clients, instance }) {
    const context = connectionFor(given, instance);
    requireWritable(context.client, 'No API client was revoked');
    await revokeEach(context, namedClients(clients));
  },
});

const notKnown = (argument: 'clients' | 'instance') =>
  failure(
    'The API clients to revoke are not known yet',
    `${argument === 'clients' ? 'The ids or names in clients depend' : 'The argument instance depends'} on something that Terraform only knows after an apply, so no plan could show which clients would be revoked. Write literals, or apply first what they depend on.`,
    attributePath(root, argument),
  );
