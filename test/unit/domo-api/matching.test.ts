import { sameScopes } from '../../../provider/domo/api/matching';

describe('sameScopes', () => {
  it.each([
    [['data', 'user'], ['user', 'data'], true],
    [['data'], ['DATA'], true],
    [['data', 'Data'], ['data'], true],
    [['data'], ['data', 'user'], false],
    [['data'], [], false],
    [['data', 'user'], ['datauser'], false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameScopes(a, b)).toBe(same);
  });
});
