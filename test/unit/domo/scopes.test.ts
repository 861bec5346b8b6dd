import { asDomoSpells, knownScopes, unknownScope } from '../../../provider/domo/scopes/scopes';

describe('a scope', () => {
  it.each([...knownScopes])('%s is known, in any letter case', (scope) => {
    expect(unknownScope(scope, [])).toBeUndefined();
    expect(unknownScope(scope.toUpperCase(), [])).toBeUndefined();
  });

  it('is known if the provider block adds it, in any letter case', () => {
    expect(unknownScope('magic', ['Magic'])).toBeUndefined();
    expect(unknownScope('MAGIC', ['magic'])).toBeUndefined();
  });

  it.each([
    ['dat', 'data'],
    ['users', 'user'],
    ['Workflows', 'workflow'],
    ['dashbord', 'dashboard'],
    ['acount', 'account'],
  ])('%s is not, and suggests %s', (scope, nearest) => {
    const problem = unknownScope(scope, []);
    expect(problem).toContain(`"${scope}" is not a scope`);
    expect(problem).toContain(`Did you mean "${nearest}"?`);
    for (const known of knownScopes) expect(problem).toContain(known);
    expect(problem).toContain('additional_scopes');
  });

  it('suggests an additional one as well', () => {
    expect(unknownScope('magik', ['magic'])).toContain('Did you mean "magic"?');
  });

  it('suggests nothing if nothing is near', () => {
    expect(unknownScope('everything-there-is', [])).not.toContain('Did you mean');
  });
});

describe('what is sent to Domo', () => {
  it.each([
    [['User', 'DATA'], [], ['data', 'user']],
    [['data', 'Data', 'DATA'], [], ['data']],
    [['magic', 'data'], ['Magic'], ['Magic', 'data']],
    [['Else'], [], ['Else']],
  ])('%j with the additional scopes %j is %j', (scopes, additional, sent) => {
    expect(asDomoSpells(scopes, additional)).toEqual(sent);
  });
});
