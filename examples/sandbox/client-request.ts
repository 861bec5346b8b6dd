import { Refusal } from './refusal';

/** What a client consists of, as asked for. Scopes are lower-case, sorted, each once. */
export type ClientRequest = { name: string; description: string; scopes: string[] };

/** The scopes that Domo's article on API clients lists. */
export const knownScopes = ['account', 'audit', 'buzz', 'dashboard', 'data', 'user', 'workflow'];

/**
 * Checks the parts of a creation and brings them into the form that the store keeps.
 * A missing description is the empty one. Throws a 400 for an empty name, no scopes, or an unknown scope.
 */
export function clientRequest(
  parts: { name: unknown; description: unknown; scopes: unknown },
  addedScopes: readonly string[] = [],
): ClientRequest {
  const { name, description, scopes } = parts;
  if (typeof name !== 'string' || name.trim() === '') throw new Refusal(400, 'A client needs a name.');
  if (description != null && typeof description !== 'string') {
    throw new Refusal(400, 'A description must be a string.');
  }
  if (!Array.isArray(scopes) || scopes.length === 0) {
    throw new Refusal(400, 'A client needs at least one scope.');
  }
  const known = [...knownScopes, ...addedScopes].map((scope) => scope.toLowerCase());
  const wanted = scopes.map((scope) => String(scope).toLowerCase());
  const unknown = wanted.find((scope) => !known.includes(scope));
  if (unknown !== undefined) throw new Refusal(400, `Unknown scope "${unknown}".`);
  return { name, description: description ?? '', scopes: [...new Set(wanted)].sort() };
}
