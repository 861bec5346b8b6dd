import { isMasked, sameScopes } from '../../../provider/domo/api/matching';

describe('isMasked', () => {
  it.each([
    ['1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', false],
    ['1b9d6bcdbbfd4b2d9b5dab8dfbbd4bed', false],
    ['1b9d6bcd…', true],
    ['1b9d6bcd...', true],
    ['1b9d6bcd****************************', true],
    ['1b9d6bcd-xxxx-xxxx-xxxx-xxxxxxxxxxxx', true],
    ['1b9d6bcd-XXXX-XXXX-XXXX-XXXXXXXXXXXX', true],
    ['••••••••••••••••••••••••4bed', true],
    ['1b9d6bcd', true],
  ])('%s: %s', (clientId, masked) => {
    expect(isMasked(clientId)).toBe(masked);
  });
});

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
