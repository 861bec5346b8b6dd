import { distance } from 'fastest-levenshtein';

/** The scopes known at the time of this release, and what each allows (Domo's article on API clients). */
export const knownScopes: readonly string[] = [
  'account',
  'audit',
  'buzz',
  'dashboard',
  'data',
  'user',
  'workflow',
];

/** Why a scope is not accepted, with the nearest known one; undefined where it is known. */
export function unknownScope(scope: string, additional: readonly string[]): string | undefined {
  const known = [...knownScopes, ...additional.map((s) => s.toLowerCase())].sort();
  const wanted = scope.toLowerCase();
  if (known.includes(wanted)) return undefined;
  const nearest = known.reduce((best, candidate) =>
    distance(wanted, candidate) < distance(wanted, best) ? candidate : best,
  );
  const suggestion =
    distance(wanted, nearest) <= Math.max(2, wanted.length / 3) ? ` Did you mean "${nearest}"?` : '';
  return (
    `"${scope}" is not a scope that this provider knows.${suggestion} Known scopes: ${known.join(', ')}. ` +
    "If Domo has added it since this release, name it in the provider's additional_scopes."
  );
}

/** Scopes as Domo spells them, each once and in order. */
export function canonicalScopes(scopes: readonly string[], additional: readonly string[]): string[] {
  const spelled = new Map([...knownScopes, ...additional].map((scope) => [scope.toLowerCase(), scope]));
  return [...new Set(scopes.map((scope) => spelled.get(scope.toLowerCase()) ?? scope))].sort();
}
