import type { Json } from '../../framework';
import type { Listing } from '../api/listing';
import type { NotedClient } from '../api/records';
import { byId } from '../by-id';
import type { DomoContext } from '../connection';

/** What is remembered beside the state, in Terraform's private state. */
export interface Memory {
  /** The names as they were last applied; undefined before the first apply. */
  readonly applied: readonly string[] | undefined;
  /** The clients that the last refresh has listed. */
  readonly noted: readonly NotedClient[];
  /** The address that listed them. */
  readonly address: string | undefined;
}

type Stored = Pick<DomoContext, 'private'>;

export function recall({ private: stored }: Stored): Memory {
  const [applied, noted, address] = [stored.get('applied'), stored.get('noted'), stored.get('address')];
  return {
    applied: Array.isArray(applied) ? applied.filter((each) => typeof each === 'string') : undefined,
    noted: Array.isArray(noted) ? noted.flatMap(clientOf) : [],
    address: typeof address === 'string' ? address : undefined,
  };
}

export function rememberApplied({ private: stored }: Stored, names: readonly string[]): void {
  stored.set('applied', [...names].sort());
}

/** In an order of its own, since engines call any other bytes drift. `going`: clients that are about to be revoked. */
export function rememberListed(
  { private: stored, client: domo }: DomoContext,
  listing: Listing,
  going: readonly NotedClient[] = [],
): void {
  const without = new Set(going.map(({ id }) => id));
  const clients = [...listing.all()].filter(({ id }) => !without.has(id)).sort(byId);
  stored.set(
    'noted',
    clients.map(({ id, name, clientId, ownerId }) => [id, name, clientId, ownerId]),
  );
  stored.set('address', domo.address());
}

function clientOf(entry: Json): NotedClient[] {
  if (!Array.isArray(entry)) return [];
  const [id, name, clientId = null, ownerId = null] = entry as readonly Json[];
  if (typeof id !== 'string' || typeof name !== 'string') return [];
  return [{ id, name, clientId: textOf(clientId), ownerId: textOf(ownerId) }];
}

const textOf = (value: Json) => (typeof value === 'string' ? value : null);
