import { isMasked } from '../../domo/api/client-ids';
import { type Fields, fieldsOf } from '../../domo/api/transport/json';
import { knownScopes } from '../../domo/scopes/scopes';
import { plainNames } from '../answers';
import type { Finding } from '../finding';

/** What an entry of the list is known to have. */
const knownFields = ['id', 'name', 'description', 'clientId', 'scopes', 'userId', 'created'];

/** How Domo writes the entries of a list: fields, client ids and scopes. Never what is in them. */
export function describeEntries(entries: readonly unknown[]): readonly Finding[] {
  if (entries.length === 0) {
    return [
      { check: 'entries', status: 'skipped', says: 'The list is empty, so its format cannot be checked.' },
    ];
  }
  const all = entries.map(fieldsOf);
  return [describeFields(all), describeClientIds(all), ...describeScopes(all)];
}

function describeFields(all: readonly Fields[]): Finding {
  const names = new Set(all.flatMap((fields) => [...fields.keys()]));
  const unknown = plainNames([...names].filter((name) => !knownFields.includes(name)));
  const missing = knownFields.filter((name) => !names.has(name));
  const sometimes = knownFields.filter((name) => names.has(name) && all.some((fields) => !fields.has(name)));
  const created = distinct(all.map((fields) => kindOf(fields.get('created'))));
  const parts = [
    `Fields of an API client: ${knownFields.filter((name) => names.has(name)).join(', ')}.`,
    missing.length > 0 ? `Missing: ${missing.join(', ')}.` : '',
    sometimes.length > 0 ? `Only in some: ${sometimes.join(', ')}.` : '',
    unknown.length > 0 ? `Not known to this release: ${unknown.join(', ')}.` : '',
    names.has('created') ? `"created" is ${created.join(' or ')}.` : '',
  ];
  const facts = { fields: plainNames(names), unknown, missing, sometimes, created };
  const isNew = unknown.length > 0 || missing.length > 0;
  return {
    check: 'fields',
    status: isNew ? 'note' : 'ok',
    says: parts.filter((part) => part !== '').join(' '),
    facts,
  };
}

function describeClientIds(all: readonly Fields[]): Finding {
  const ids = all.flatMap((fields) => textsOf(fields.get('clientId')));
  const shapes = distinct(ids.map(shapeOf));
  const masked = ids.filter(isMasked).length;
  const how =
    masked === 0 ? 'whole' : masked === ids.length ? 'masked' : `masked in ${masked} of ${ids.length}`;
  const says =
    ids.length === 0 ? 'The list has no client ids.' : `Client ids are ${how}: ${shapes.join(' or ')}.`;
  return {
    check: 'client-ids',
    status: ids.length === 0 ? 'warning' : 'ok',
    says,
    facts: { masked, shapes },
  };
}

/** A client id with `#` for each character that tells something. */
export const shapeOf = (id: string) => (id.length > 100 ? '(long)' : id.replace(/[a-wyz0-9]/gi, '#'));

function describeScopes(all: readonly Fields[]): readonly Finding[] {
  const used = all.flatMap((fields) => listOf(fields.get('scopes')).flatMap(textsOf));
  const unknown = plainNames(new Set(used.map((scope) => scope.toLowerCase()))).filter(
    (scope) => !knownScopes.includes(scope),
  );
  if (unknown.length === 0) return [];
  return [
    {
      check: 'scopes',
      status: 'note',
      says: `Scopes that this release does not know: ${unknown.join(', ')}.`,
      todo: 'Configurations can use them if additional_scopes in the provider block names them.',
      facts: { unknown },
    },
  ];
}

const textsOf = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : []);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const distinct = (texts: readonly string[]) => [...new Set(texts)].sort();

function kindOf(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}
