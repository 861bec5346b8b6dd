import { parameter, t, variadic } from '../../framework';
import { define } from '../define';
import { unknownScope } from './scopes';

export const canonicalScopes = define.function('canonical_scopes', {
  summary: 'Scopes in one form, however they are spelled.',
  description:
    'Returns scopes in lower case, sorted and without duplicates. Domo ignores order, duplicates and case, so two lists of scopes are equivalent if and only if this function returns the same for both.',
  parameters: { scopes: parameter(t.list(t.string), { description: 'The scopes, as a list or a set.' }) },
  returns: t.list(t.string),
  run: ({ scopes }) => [...new Set(scopes.map((scope) => scope.toLowerCase()))].sort(),
});

export const unknownScopes = define.function('unknown_scopes', {
  summary: 'Which scopes are unknown, with suggestions.',
  description:
    'Returns a sentence for each scope that this release of the provider does not know, with the closest known scope; an empty list if all are known. Use it to validate a variable. A function cannot see the configuration of the provider, so pass the scopes in `additional_scopes` as well.',
  parameters: {
    scopes: parameter(t.list(t.string), { description: 'The scopes to check, as a list or a set.' }),
    additional: variadic(t.string, { description: 'Scopes to accept as well. Expand a list with `...`.' }),
  },
  returns: t.list(t.string),
  run: ({ scopes, additional }) =>
    [...new Set(scopes)].sort().flatMap((scope) => unknownScope(scope, additional) ?? []),
});
