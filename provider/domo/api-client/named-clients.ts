import { isUnknown, type Unknown, validator } from '../../framework';
import { bareReference, type ClientReference } from '../api/matching';
import { byId } from '../by-id';

/** A client that somebody has named by its id and its name, and of which nothing else is known. */
export interface NamedClient {
  readonly id: string;
  readonly name: string;
}

type NamesById = Readonly<Record<string, string | Unknown>>;

/** One spelling for each id, so that none can be named twice. */
const isId = /^(?:0|[1-9]\d{0,29})$/;

export const areNamedById = validator<NamesById>(
  'must have at least one client, with its numeric id as the key and its name as the value',
  (names) => {
    const entries = Object.entries(names);
    if (entries.length === 0) return 'It is empty.';
    const complaints = entries.flatMap(([id, name]) => {
      if (!isId.test(id)) return [`"${id}" is not an id: write digits only, without leading zeros.`];
      return !isUnknown(name) && name.trim() === ''
        ? [`The name of the client with the id ${id} is empty.`]
        : [];
    });
    return complaints.length === 0 ? undefined : complaints.join(' ');
  },
);

/** The clients of such a map, in the order of their ids. */
export function namedClients(names: Readonly<Record<string, string>>): readonly NamedClient[] {
  return Object.entries(names)
    .map(([id, name]) => ({ id, name }))
    .sort(byId);
}

/** A reference that only a client with both this id and this name matches. `seenHere`: a list of this run has the id. */
export function referenceTo({ id, name }: NamedClient, seenHere: boolean): ClientReference & NamedClient {
  return bareReference({ id, name, seenHere });
}
