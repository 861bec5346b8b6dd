import { fieldsOf } from '../../domo/api/transport/json';
import { counted, type Finding } from '../finding';

/** What the owners in a list show of the caller's grants. */
export function describeOwners(entries: readonly unknown[], caller: string | undefined): readonly Finding[] {
  const owners = entries.flatMap((entry) => {
    const owner = fieldsOf(entry).get('userId');
    return owner === undefined || owner === null ? [] : [String(owner)];
  });
  const others = new Set(owners.filter((owner) => owner !== caller)).size;
  const own = owners.filter((owner) => owner === caller).length;
  // If two clients have different owners, one of them is not the caller, whoever that is.
  const seesOthers = caller === undefined ? new Set(owners).size > 1 : others > 0;
  const facts = { own, otherOwners: others, seesOthers };
  const rest =
    caller === undefined
      ? ''
      : `${counted(own, 'API client')} ${own === 1 ? 'belongs' : 'belong'} to the caller. `;
  const sight: Finding = {
    check: 'owners',
    status: 'ok',
    says:
      owners.length === 0
        ? 'The list names no owners.'
        : `${rest}${counted(others, 'other owner')} in the list.`,
    facts,
  };
  if (seesOthers) {
    const says =
      'The caller sees clients of other owners, so it has "Manage All Access Tokens and API Clients". Whether it may create clients shows only when it creates one (--write).';
    return [sight, { check: 'grants', status: 'ok', says, facts: { manage: true } }];
  }
  return [
    sight,
    {
      check: 'grants',
      status: 'note',
      says: "The list shows no other owners' clients, so the grants cannot be told apart: the caller has at least one of the two.",
      todo: 'To see or revoke the clients of others, the caller needs "Manage All Access Tokens and API Clients".',
      facts: { manage: false },
    },
  ];
}
