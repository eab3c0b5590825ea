import {
  type AccountId,
  accountsOfProject,
  type Findable,
  findAccount,
  suggestAccounts,
} from '../../src/accounts';

const account = (id: string, name?: string): Findable => ({
  id: id as AccountId,
  ...(name !== undefined && { name }),
});
const ACCOUNTS = [
  account('111122223333', 'shop-prod'),
  account('444455556666', 'shop-dev'),
  account('777788889999', 'Web Shop'),
  account('123456789012'),
];
const names = (found: readonly Findable[]) => found.map(({ id, name }) => name ?? id);

describe('suggesting', () => {
  test('what begins with the text comes before what holds it, by name', () => {
    expect(names(suggestAccounts('shop', ACCOUNTS, 10))).toEqual(['shop-dev', 'shop-prod', 'Web Shop']);
    expect(names(suggestAccounts('  SHOP-P', ACCOUNTS, 10))).toEqual(['shop-prod']);
    expect(names(suggestAccounts('ｗｅｂ　ｓｈ', ACCOUNTS, 10))).toEqual(['Web Shop']);
  });

  test('ids are looked at too, from their beginning first', () => {
    expect(names(suggestAccounts('1', ACCOUNTS, 10))).toEqual(['shop-prod', '123456789012']);
    expect(names(suggestAccounts('6789', ACCOUNTS, 10))).toEqual(['123456789012']);
  });

  test('nothing typed: all of them, those without a name last; no more than asked for', () => {
    expect(names(suggestAccounts('', ACCOUNTS, 10))).toEqual([
      'shop-dev',
      'shop-prod',
      'Web Shop',
      '123456789012',
    ]);
    expect(suggestAccounts('', ACCOUNTS, 2)).toHaveLength(2);
    expect(suggestAccounts('bank', ACCOUNTS, 10)).toEqual([]);
  });
});

describe('finding', () => {
  test.each([
    ['shop-prod', '111122223333'],
    ['SHOP-Prod', '111122223333'],
    ['web  shop', '777788889999'],
    ['444455556666', '444455556666'],
    // Nobody has registered it, and that is no reason not to look.
    ['000011112222', '000011112222'],
  ])('%s is %s', (text, found) => expect(findAccount(text, ACCOUNTS)).toEqual({ found }));

  test('a name is never guessed; what is near is offered', () => {
    const near = (text: string) => {
      const found = findAccount(text, ACCOUNTS);
      return 'found' in found ? found.found : [found.problem, ...names(found.near)];
    };
    expect(near('shop-pr')).toEqual(['unknown', 'shop-prod']);
    expect(near('shpo-prod')).toEqual(['unknown', 'shop-prod']);
    expect(near('shop')).toEqual(['unknown', 'shop-dev', 'shop-prod', 'Web Shop']);
    expect(near('11112222333')).toEqual(['unknown', 'shop-prod']);
    expect(near('nowhere')).toEqual(['unknown']);
    expect(near('')).toEqual(['unknown']);
  });

  test('two of one name: says so', () => {
    const twice = [...ACCOUNTS, account('999900001111', 'Shop-Prod')];
    expect(findAccount('shop-prod', twice)).toMatchObject({
      problem: 'several',
      near: [{ id: '111122223333' }, { id: '999900001111' }],
    });
  });
});

test('the accounts of a project, as people write its name', () => {
  const accounts = [
    { ...account('111122223333', 'shop-prod'), project: 'Web Shop' },
    { ...account('444455556666', 'shop-dev'), project: 'ｗｅｂ  shop' },
    { ...account('777788889999', 'blog'), project: 'Web' },
  ];
  expect(names(accountsOfProject(' web shop ', accounts))).toEqual(['shop-prod', 'shop-dev']);
  expect(names(accountsOfProject('we', accounts))).toEqual([]);
  expect(accountsOfProject('', [{}, { project: 'Web' }])).toEqual([]);
});
