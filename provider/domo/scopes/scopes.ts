import { nearest } from '../nearest';

/** What each scope known to this release allows, from Domo's article on API clients. */
export const scopeMeanings: Readonly<Record<string, string>> = {
  account: 'Accounts: the credentials that connectors use for other systems',
  audit: 'The activity log: who did what in the instance',
  buzz: 'Buzz: conversations and messages',
  dashboard: 'Pages and cards',
  data: 'DataSets and their rows, streams, and policies on data',
  user: 'Users and groups',
  workflow: 'Workflows: starting them and reading their state',
};

export const knownScopes: readonly string[] = Object.keys(scopeMeanings);

/** Why a scope is not accepted, with the nearest known one; undefined if the scope is known. */
export function unknownScope(scope: string, additional: readonly string[]): string | undefined {
  const known = [...knownScopes, ...additional.map((s) => s.toLowerCase())].sort();
  const wanted = scope.toLowerCase();
  if (known.includes(wanted)) return undefined;
  const similar = nearest(wanted, known);
  const suggestion = similar === undefined ? '' : ` Did you mean "${similar}"?`;
  return (
    `"${scope}" is not a scope that this provider knows.${suggestion} Known scopes: ${known.join(', ')}. ` +
    "If Domo has added it since this release, name it in the provider's additional_scopes."
  );
}

/** Scopes as Domo spells them, each once and in order. */
export function asDomoSpells(scopes: readonly string[], additional: readonly string[]): string[] {
  const spelled = new Map([...knownScopes, ...additional].map((scope) => [scope.toLowerCase(), scope]));
  return [...new Set(scopes.map((scope) => spelled.get(scope.toLowerCase()) ?? scope))].sort();
}
