import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type AccountId, MODES, type Principal } from '../../src/accounts';
import { type ListedAccount, readAccountsCsv, writeAccountsCsv } from '../../src/registry';

const nobody = async () => undefined;

it('opens in a spreadsheet: a BOM, zeros that stay, empty cells to fill in', () => {
  expect(writeAccountsCsv([{ id: '012345678901' as AccountId, name: 'a "b", c' }])).toBe(
    '\ufeffid,name,kind,owner,deputy,channel,project,mail,mode,status\r\n' +
      '"=""012345678901""","a ""b"", c",,,,,,,,\r\n',
  );
});

test.each([
  '=HYPERLINK("https://example.com")',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  ' =1+1',
  "'=1+1",
  '＝1+1',
  '\t=1+1',
])('%j is not run', (name) => {
  const [, row] = parse(writeAccountsCsv([{ id: '111122223333' as AccountId, name }]), { bom: true });
  expect(row?.[1]).toBe(`'${name}`);
});

/** What the reader takes as a text: no control characters, no spaces at its ends or two of them in a row. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.stringMatching(/^['=+\-@＝" ,;\t\n店a]{1,12}$/u),
  )
  .map((given) => given.replace(/\s+/gu, ' ').trim())
  .filter((given) => given !== '' && given.length <= 80 && !/\p{C}/u.test(given));
const account: fc.Arbitrary<ListedAccount> = fc.record(
  {
    id: fc.stringMatching(/^\d{12}$/).map((id) => id as AccountId),
    name: text,
    kind: fc.constantFrom(...ACCOUNT_KINDS),
    owner: fc.stringMatching(/^[UWS]0[A-Z0-9]{2,8}$/).map((given) => given as Principal),
    channel: fc.stringMatching(/^C0[A-Z0-9]{2,8}$/),
    project: text,
    mail: fc.stringMatching(/^[+\-=a-z]{1,8}@[a-z]{1,8}\.(com|example)$/),
    mode: fc.constantFrom(...MODES),
    status: fc.constantFrom(...ACCOUNT_STATUSES),
  },
  { requiredKeys: ['id'] },
);

test('what is written is read back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(account, { selector: ({ id }) => id, maxLength: 8, minLength: 1 }),
      async (accounts) => {
        const { rows, problems } = await readAccountsCsv(Buffer.from(writeAccountsCsv(accounts)), nobody);
        expect(problems).toEqual([]);
        expect(rows.map(({ id, fields }) => ({ id, ...fields }))).toEqual(accounts);
      },
    ),
    { numRuns: 200 },
  );
});
