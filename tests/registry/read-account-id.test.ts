import { isLikeAccountId, readAccountId } from '../../src/registry/read-account-id';

const ROUNDED = expect.stringContaining('lost its last digits');
const DECIMALS = expect.stringContaining('as a number with decimals');
const THOUSANDS = expect.stringContaining('separators between the thousands');

test.each([
  ['111122223333', '111122223333'],
  [' 012345678901\u00a0', '012345678901'],
  ['１１１１２２２２３３３３', '111122223333'],
  ['1111-2222-3333', '111122223333'],
  ['="012345678901"', '012345678901'],
  ["'012345678901", '012345678901'],
  ['\u200b111122223333\ufeff', '111122223333'],
])('%j is %s', (cell, value) => {
  expect(readAccountId(cell)).toEqual({ value });
  expect(isLikeAccountId(cell)).toBe(true);
});

test.each([
  [
    '12345678901',
    '12345678901 has 11 digits: a spreadsheet has dropped leading zeros; format the column as text',
  ],
  ['1234567', expect.stringContaining('has 7 digits: a spreadsheet has dropped leading zeros')],
  ['1.11122E+11', ROUNDED],
  ['1,11122E+11', ROUNDED],
  ['1E11', ROUNDED],
  ['１．２Ｅ＋１１', ROUNDED],
  ['111122223333.0', DECIMALS],
  ['111122223333,00', DECIMALS],
  ['111,122,223,333', THOUSANDS],
  ['111.122.223.333', THOUSANDS],
  ["111'122'223'333", THOUSANDS],
  ['111 122 223 333', THOUSANDS],
  ['12,345,678,901.00', THOUSANDS],
  ['1111222233334', '1111222233334 has 13 digits; an account id has twelve'],
  ['7', '7 has 1 digit; an account id has twelve'],
])('%j is not guessed, but named', (cell, problem) => {
  expect(readAccountId(cell)).toEqual({ problem });
  expect(isLikeAccountId(cell)).toBe(true);
});

test.each([
  ['', 'the account id is missing'],
  ['shop-prod', '"shop-prod" is no account id; write its twelve digits'],
  ['11112222333x', '"11112222333x" is no account id; write its twelve digits'],
])('%j is none', (cell, problem) => {
  expect(readAccountId(cell)).toEqual({ problem });
  expect(isLikeAccountId(cell)).toBe(false);
});
