import { type Fields, fieldsOf } from '../../domo/api/transport/json';
import { bodyOf } from '../answers';
import { listRequest } from '../checks/list';
import type { Domo } from '../domo';

/** An API client of the trial as the list shows it. */
export interface Marked {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
}

/** The clients of the list whose name has the mark; undefined if there was no list. Throws if there was no answer. */
export async function marked(
  domo: Domo,
  mark: string,
  signal: AbortSignal,
): Promise<readonly Marked[] | undefined> {
  const { answer } = await domo.ask(listRequest, signal);
  if (answer.status !== 200) return undefined;
  const body = bodyOf(answer);
  const entries = Array.isArray(body) ? body : fieldsOf(body).get('entries');
  if (!Array.isArray(entries)) return undefined;
  return entries.map(fieldsOf).flatMap((fields) => toMarked(fields, mark));
}

function toMarked(fields: Fields, mark: string): Marked[] {
  const [id, name, description] = ['id', 'name', 'description'].map((field) => fields.get(field));
  if (typeof name !== 'string' || !name.toLowerCase().includes(mark)) return [];
  return [{ id: String(id), name, description: typeof description === 'string' ? description : null }];
}
