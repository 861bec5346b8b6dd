import { composed } from './composed';
import type { Period } from './field-values';
import { jsonValueKey } from './json-text';
import type { ListedClient } from './records';
import { cutForm, lossyForm, maybeShownAs, plainForm, withMarks, withoutLongCharacters } from './spelling';

/** One answer of the list, kept up with what we ourselves have made and revoked since. */
export interface Listing {
  /** When its request was begun, in ms of `performance.now()`: nothing that happened before is missing in it. */
  readonly startedAt: number;
  /** When it was there, likewise. */
  readonly answeredAt: number;
  /** What Domo says of clients that it does not hold; undefined if it is whole, as far as Domo says. */
  readonly part: string | undefined;
  /** What must be added to our clock to have Domo's, in ms; undefined if the answer has no date. */
  readonly clock: Period | undefined;
  byId(id: string): ListedClient | undefined;
  /** All clients of exactly this name (two spellings of one JSON value are one name). */
  byName(name: string): readonly ListedClient[];
  /** All clients whose name may be how Domo shows this one. */
  bySpelling(name: string): readonly ListedClient[];
  /** All clients whose name has the same letters, in whatever case. */
  byLetters(name: string): readonly ListedClient[];
  all(): Iterable<ListedClient>;
}

export interface MutableListing extends Listing {
  add(client: ListedClient): void;
  remove(id: string): void;
}

/** What the answer itself says. */
export interface ListingFacts extends Pick<Listing, 'startedAt' | 'answeredAt' | 'part' | 'clock'> {
  readonly clients: readonly ListedClient[];
}

export function createListing({ clients, ...facts }: ListingFacts): MutableListing {
  const byId = new Map(clients.map((client) => [client.id, client]));
  const all = () => byId.values();
  const names = index(all, composed);
  const jsonValues = index(all, (name) => (isShort(name) ? jsonValueKey(name) : undefined));
  const spellings = index(all, plainForm);
  const lossy = index(all, lossyForm);
  const cuts = index(all, cutForm);
  const letters = index(all, lettersOf);
  const indexes = [names, jsonValues, spellings, lossy, cuts, letters];

  function byName(name: string): readonly ListedClient[] {
    const value = isShort(name) ? jsonValueKey(name) : undefined;
    return value === undefined ? names.get(composed(name)) : jsonValues.get(value);
  }

  return {
    ...facts,
    byId: (id) => byId.get(id),
    byName,
    bySpelling(name) {
      const plain = plainForm(name);
      const marked = withMarks(plain);
      const similar = [...lossy.get(marked), ...cuts.beginnings(plain), ...cuts.beginnings(marked)];
      return [
        ...new Set([
          ...byName(name),
          ...spellings.get(plain),
          ...withoutLongCharacters(name).flatMap(spellings.get),
          ...similar.filter((client) => maybeShownAs(name, client.name)),
        ]),
      ];
    },
    byLetters: (name) => letters.get(lettersOf(name)),
    all,
    add(client) {
      const before = byId.get(client.id);
      byId.set(client.id, client);
      for (const each of indexes) {
        if (before) each.remove(before);
        each.add(client);
      }
    },
    remove(id) {
      const client = byId.get(id);
      if (!client) return;
      byId.delete(id);
      for (const each of indexes) each.remove(client);
    },
  };
}

/** Whether a name is worth being read as JSON: thousands of long ones would take seconds. */
const isShort = (name: string) => name.length <= 4096;

const lettersOf = (name: string) => plainForm(name).toLowerCase();

/** Clients by a key of their names, made when it is first asked: most runs need none. Those without a key are left out. */
function index(all: () => Iterable<ListedClient>, keyOf: (name: string) => string | undefined) {
  const lengths = new Set<number>();
  let clients: Map<string, ListedClient[]> | undefined;

  function enter(map: Map<string, ListedClient[]>, client: ListedClient): void {
    const key = keyOf(client.name);
    if (key === undefined) return;
    lengths.add(key.length);
    const same = map.get(key);
    if (same) same.push(client);
    else map.set(key, [client]);
  }

  function get(key: string): readonly ListedClient[] {
    if (!clients) {
      clients = new Map();
      for (const client of all()) enter(clients, client);
    }
    return clients.get(key) ?? [];
  }

  return {
    get,
    /** Those whose key is the beginning of a text. */
    beginnings(text: string): readonly ListedClient[] {
      get('');
      return [...lengths].flatMap((length) => (length > text.length ? [] : get(text.slice(0, length))));
    },
    add(client: ListedClient): void {
      if (clients) enter(clients, client);
    },
    remove(client: ListedClient): void {
      const key = clients && keyOf(client.name);
      const same = key === undefined ? undefined : clients?.get(key);
      if (same?.includes(client)) same.splice(same.indexOf(client), 1);
    },
  };
}
