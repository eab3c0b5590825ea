import type { Principal } from '../../src/accounts';
import { readAccountsCsv } from '../../src/registry/read-accounts-csv';

const person = async (mail: string) => (mail === 'aoi@example.com' ? ('U0AOI' as Principal) : undefined);
const read = (text: string | Uint8Array) =>
  readAccountsCsv(typeof text === 'string' ? Buffer.from(text) : text, person);

/** The same words as Excel for Windows saves them in Japan. */
const SHIFT_JIS = Buffer.from(
  '8341834a83458393836749442c96bc914f2c8eed95ca0d0a3131313132323232333333332c935895dc2c967b94d40d0a',
  'hex',
);

describe('how a file is written', () => {
  const words = 'アカウントID,名前,種別\r\n111122223333,店舗,本番\r\n';
  const row = { line: 2, id: '111122223333', fields: { name: '店舗', kind: 'production' } };

  test.each([
    ['UTF-8', Buffer.from(words), 'utf-8'],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${words}`), 'utf-8'],
    ['UTF-16 with BOM', Buffer.from(`\ufeff${words}`, 'utf16le'), 'utf-16le'],
    ['Shift_JIS', SHIFT_JIS, 'shift_jis'],
  ])('%s is read', async (_, bytes, encoding) => {
    expect(await read(bytes)).toEqual({ rows: [row], problems: [], ignored: [], encoding });
  });

  it('says so when it is no text', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    expect(await read(png)).toMatchObject({
      rows: [],
      problems: [{ line: 1, problem: expect.stringContaining('neither UTF-8 nor Shift_JIS') }],
    });
    expect(await read('')).toMatchObject({
      rows: [],
      problems: [{ line: 1, problem: 'the file holds no rows' }],
    });
  });

  test.each([',', ';', '\t'])('cells may be divided by %j', async (delimiter) => {
    const text = [
      ['AWS account ID', 'Name', 'Project'],
      ['111122223333', '"a, b; c\td"', 'x'],
    ];
    const { rows, problems } = await read(text.map((cells) => cells.join(delimiter)).join('\n'));
    expect(problems).toEqual([]);
    expect(rows).toMatchObject([{ fields: { name: 'a, b; c d', project: 'x' } }]);
  });
});

describe('columns', () => {
  it('are known by their headings, in any order, width and language', async () => {
    const text = [
      'E-Mail,ｎａｍｅ,担当者,副担当,チャンネル,プロジェクト,memo,Account_ID,Mode,状態',
      'root@example.com,shop,<@U0OWNER1|taro>,<!subteam^S0TEAM1|@team>,<#C0SHOPPRD|shop>,EC,x,012345678901,NOTIFY,有効',
    ].join('\n');
    expect(await read(text)).toMatchObject({
      rows: [
        {
          line: 2,
          id: '012345678901',
          fields: {
            mail: 'root@example.com',
            name: 'shop',
            owner: 'U0OWNER1',
            deputy: 'S0TEAM1',
            channel: 'C0SHOPPRD',
            project: 'EC',
            mode: 'notify',
            status: 'active',
          },
        },
      ],
      problems: [],
      ignored: ['memo'],
    });
  });

  it('may be the bare list of GuardDuty’s invitations', async () => {
    const { rows, problems } = await read(
      '111122223333,a@example.com\n\n444455556666,b@example.com\n777788889999',
    );
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      { line: 1, id: '111122223333', fields: { mail: 'a@example.com' } },
      { line: 3, id: '444455556666', fields: { mail: 'b@example.com' } },
      { line: 4, id: '777788889999', fields: {} },
    ]);
  });

  it('are the bare list’s even where its first id is mangled', async () => {
    const { rows, problems } = await read('1.11122E+11,a@example.com\n444455556666,b@example.com\n');
    expect(rows).toMatchObject([{ line: 2, id: '444455556666' }]);
    expect(problems).toMatchObject([{ line: 1, column: 'id' }]);
  });

  it('take ="…" for what stands in it, in a cell of its own', async () => {
    const { rows, problems } = await read('name,id\nshop,="012345678901"\na="5",444455556666\n');
    expect(rows).toEqual([{ line: 2, id: '012345678901', fields: { name: 'shop' } }]);
    expect(problems).toMatchObject([
      { line: 3, problem: expect.stringContaining('a quotation mark stands inside') },
    ]);
  });

  it('must have the id among them, and each once', async () => {
    expect((await read('name,owner\nshop,U0OWNER1')).problems).toEqual([
      {
        line: 1,
        problem: expect.stringContaining('no column is called "id"; name the columns in the first row'),
      },
    ]);
    expect((await read('id,mail,E-mail\n111122223333,a@example.com,')).problems).toEqual([
      { line: 1, column: 'E-mail', problem: 'two columns say "mail"; keep one of them' },
    ]);
  });
});

describe('rows', () => {
  const table = (...rows: readonly string[]) =>
    read(['id,name,owner,channel,mail,mode,kind', ...rows].join('\n'));

  it('leave a field as it is where they say nothing, and take it away with a hyphen', async () => {
    const { rows, problems } = await table('111122223333,-,－,,,,', ',,,,,,', '444455556666,a,,,,,-');
    expect(rows).toEqual([{ line: 2, id: '111122223333', fields: { name: null, owner: null } }]);
    expect(problems).toEqual([
      { line: 4, column: 'kind', problem: expect.stringContaining('cannot be taken away') },
    ]);
  });

  it('name their owner by mail address, asked for once', async () => {
    const asked: string[] = [];
    const { rows, problems } = await readAccountsCsv(
      Buffer.from(
        'id,owner\n111122223333,Aoi@example.com\n444455556666,aoi@example.com\n777788889999,x@example.com',
      ),
      async (mail) => {
        asked.push(mail);
        return person(mail.toLowerCase());
      },
    );
    expect(rows.map(({ fields }) => fields)).toEqual([{ owner: 'U0AOI' }, { owner: 'U0AOI' }]);
    expect(problems).toEqual([
      {
        line: 4,
        column: 'owner',
        problem: 'nobody in this Slack workspace has the mail address "x@example.com"',
      },
    ]);
    expect(asked).toEqual(['Aoi@example.com', 'x@example.com']);
  });

  test.each([
    ['111122223333,,Taro,,,,', 'owner', '"Taro" is no Slack id (U…, W…, S…) and no mail address'],
    ['111122223333,,,#shop,,,', 'channel', '"#shop" is no channel id; write C… or G…'],
    ['111122223333,,,D0DIRECT1,,,', 'channel', '"D0DIRECT1" is no channel id'],
    ['111122223333,,,,nobody,,', 'mail', '"nobody" is no mail address'],
    ['111122223333,,,,,on,', 'mode', '"on" is not known here; write one of observe, notify, enforce'],
    ['111122223333,,,,,,constructor', 'kind', '"constructor" is not known here; write one of production'],
    [`111122223333,${'x'.repeat(81)},,,,,`, 'name', 'is too long; write at most 80 characters'],
    ['111122223333,a\u001b[31mb,,,,,', 'name', 'holds characters that cannot be seen'],
    ['111122223333,a,b,c,d,e,f,g', undefined, 'has 8 cells where there are 7 columns'],
    ['111122223333,shop "blue" prod,,,,,', undefined, 'a quotation mark stands inside a text'],
    ['111122223333,"shop" prod,,,,,', undefined, 'a quotation mark stands inside a text'],
  ])('%s is named, and the others go in', async (row, column, problem) => {
    const { rows, problems } = await table('222233334444,"a\nb",,,,,', row, '444455556666,c,,,,,');
    expect(rows).toMatchObject([
      { line: 2, fields: { name: 'a b' } },
      { line: 5, fields: { name: 'c' } },
    ]);
    expect(problems[0]).toMatchObject({ line: 4, problem: expect.stringContaining(problem) });
    expect(problems[0]?.column).toBe(column);
  });

  it('behind a quotation mark that is never closed are read all the same', async () => {
    const { rows, problems } = await table(
      '111122223333,"shop,,,,,',
      '222233334444,a,,,,,',
      '444455556666,b,,,,,',
    );
    expect(rows.map(({ line, id }) => [line, id])).toEqual([
      [3, '222233334444'],
      [4, '444455556666'],
    ]);
    expect(problems).toEqual([
      { line: 2, problem: 'a quotation mark is opened in this row and never closed' },
    ]);
  });

  it('that describe the same account are all left out', async () => {
    const { rows, problems } = await table(
      '111122223333,a,,,,,',
      '444455556666,b,,,,,',
      '1111-2222-3333,c,,,,,',
    );
    expect(rows.map(({ id }) => id)).toEqual(['444455556666']);
    expect(problems).toEqual([{ line: 4, problem: '111122223333 is in line 2 too; keep one of the two' }]);
  });

  it('say everything that is wrong with them at once', async () => {
    const { problems } = await table('12345678901,,Taro,,x,,');
    expect(problems.map(({ column }) => column)).toEqual(['id', 'owner', 'mail']);
  });
});
