import { agreement, isMasked } from '../../../provider/domo/api/client-ids';

const whole = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

it.each([
  ['the whole of it', whole],
  ['the whole of it in capitals', whole.toUpperCase()],
  ['groups of X', '7c9e6679-7425-XXXX-XXXX-XXXXXXXXXXXX'],
  ['groups of x, beginning in capitals', '7C9E6679-7425-xxxx-xxxx-xxxxxxxxxxxx'],
  ['asterisks', '7c9e6679****'],
  ['dots', '7c9e6679-7425...'],
  ['an ellipsis', '7c9e6679…'],
  ['bullets and the end', '7c9e66••••••0ae7'],
  ['simply cut', '7c9e6679'],
  ['short groups of X', '7c9e6679-XX-XX-X'],
  ['hyphens', '7c9e6679------'],
  ['underscores', '7c9e6679____'],
  ['cut within a group', '7c9e6679-74'],
])('agrees: %s', (_, listed) => {
  expect(agreement(listed, { whole })).toBe('agrees');
});

it.each([
  ['another one', '11111111-7425-40de-944b-e07fc1f90ae7'],
  ['another one, masked', '7c9e6678-XXXX-XXXX-XXXX-XXXXXXXXXXXX'],
  ['another one in its last character', '7c9e6679-7425-40de-944b-e07fc1f90ae8'],
  ['another one, of which little is shown', '7d****'],
  ['another one, cut', '8c9e'],
  ['one that goes on', `${whole}0`],
  ['another end', '7c9e6679-****-1111'],
  ['one with an x of its own', '7c9e6679-7425-4xde-944b-e07fc1f90ae7'],
])('contradicts: %s', (_, listed) => {
  expect(agreement(listed, { whole })).toBe('contradicts');
});

it('one that was imported from a list that cuts agrees with more of it, and with nothing else', () => {
  expect(agreement(whole, { whole: whole.slice(0, 18) })).toBe('agrees');
  expect(agreement(whole.slice(0, 8), { whole: whole.slice(0, 18) })).toBe('agrees');
  expect(agreement(whole.replace('7425', '7426'), { whole: whole.slice(0, 18) })).toBe('contradicts');
});

it.each([
  ['nothing', null],
  ['too little', '7c9e66…'],
  ['too little, cut', '7c9e'],
  ['everything hidden', 'XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX'],
  ['an empty text', ''],
])('unclear: %s', (_, listed) => {
  expect(agreement(listed, { whole })).toBe('unclear');
});

it.each([
  ['the same mask', '7c9e6679-XXXX-XXXX', '7c9e6679-XXXX-XXXX', 'agrees'],
  ['the same mask over too little', '7c9e****', '7c9e****', 'unclear'],
  ['another mask', '7c9e6679-XXXX-XXXX', '7c9e6679…', 'agrees'],
  ['more than before', '7c9e6679…', whole, 'agrees'],
  ['another beginning', '7c9e6679-XXXX', '7c9e667a-XXXX', 'contradicts'],
  ['two whole ones that differ', whole, whole.replace(/7$/, '8'), 'contradicts'],
  ['nothing to compare with', '7c9e6679…', null, 'unclear'],
])('two that were listed, %s', (_, now, then, expected) => {
  expect(agreement(now, then === null ? null : { listed: then })).toBe(expected);
});

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
    ['1b9d6bcd-bbfd-4b2d', true],
    ['1b9d6bcd-XX-XX-XX', true],
    ['1b9d6bcd______________________', true],
  ])('%s: %s', (clientId, masked) => {
    expect(isMasked(clientId)).toBe(masked);
  });
});
