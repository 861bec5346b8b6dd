import { sameScopes } from './api/matching';
import type { ClientSpec, NotedClient } from './api/records';
import { plainForm, sameText } from './api/spelling';

/** A client that a resource manages, as its state has it. */
export interface ManagedClient extends ClientSpec {
  readonly id: string;
}

/**
 * What this process has learned so far of the clients that its resources manage. Terraform reads and plans resources in
 * no order to rely on, so what concerns two of them is noticed when the second one comes.
 */
export interface PlannedClients {
  /** A resource with this client has been read. */
  noteRead(id: string): void;
  wasRead(id: string): boolean;
  /** The plan replaces or destroys this client; true if it also creates the same one again, elsewhere. */
  noteGoing(client: ManagedClient): boolean;
  /** The plan keeps this client; true if one that is to be created waits for its name. */
  noteStaying(client: ManagedClient): boolean;
  /** The plan creates this client; true if it replaces or destroys the same one, elsewhere. */
  noteComing(spec: ClientSpec): boolean;
  /** One that is to be created has the name of this client, whose fate is not known yet. */
  waitFor(id: string): void;
  isGoing(id: string): boolean;
  /** Whether the client belongs to a resource that has been read but not planned. */
  isUndecided(id: string): boolean;
  /** Whether it is known that there are resources with clients. */
  manages(): boolean;
  /** A set of names that may exist has been planned; false if there is another one. */
  noteNames(): boolean;
  /** The set revokes these clients. Returns those that the plan keeps, with the names that their resources have. */
  noteRemovals(
    clients: readonly NotedClient[],
  ): readonly { readonly removed: NotedClient; readonly name: string }[];
  /** The client of this id, if the set revokes it. */
  removalOf(id: string): NotedClient | undefined;
  /** Engines make this call only while they plan. */
  notePlanWalk(): void;
  isPlanWalk(): boolean;
}

export function plannedClients(): PlannedClients {
  const read = new Set<string>();
  const staying = new Map<string, string>();
  const awaited = new Set<string>();
  const going = new Set<string>();
  const [goingSpecs, comingSpecs] = [specs(), specs()];
  const removed = new Map<string, NotedClient>();
  let [hasNames, isPlanWalk] = [false, false];

  return {
    noteRead: (id) => void read.add(id),
    wasRead: (id) => read.has(id),
    noteGoing(client) {
      // A replacement is planned twice.
      if (going.has(client.id)) return false;
      going.add(client.id);
      goingSpecs.add(client);
      return comingSpecs.has(client);
    },
    noteStaying({ id, name }) {
      staying.set(id, name);
      return awaited.delete(id);
    },
    noteComing(spec) {
      comingSpecs.add(spec);
      return goingSpecs.has(spec);
    },
    waitFor: (id) => void awaited.add(id),
    isGoing: (id) => going.has(id),
    isUndecided: (id) => read.has(id) && !staying.has(id),
    manages: () => read.size + going.size + staying.size > 0,
    noteNames() {
      const isFirst = !hasNames;
      hasNames = true;
      return isFirst;
    },
    noteRemovals(clients) {
      for (const client of clients) removed.set(client.id, client);
      return clients.flatMap((client) => {
        const name = staying.get(client.id);
        return name === undefined ? [] : [{ removed: client, name }];
      });
    },
    removalOf: (id) => removed.get(id),
    notePlanWalk() {
      isPlanWalk = true;
    },
    isPlanWalk: () => isPlanWalk,
  };
}

/** Clients by what they are created from. */
function specs() {
  const byName = new Map<string, ClientSpec[]>();
  return {
    add(spec: ClientSpec): void {
      const key = plainForm(spec.name);
      byName.set(key, [...(byName.get(key) ?? []), spec]);
    },
    has: ({ name, description, scopes }: ClientSpec): boolean =>
      (byName.get(plainForm(name)) ?? []).some(
        (other) =>
          sameText(other.name, name) &&
          sameText(other.description, description) &&
          sameScopes(other.scopes, scopes),
      ),
  };
}
