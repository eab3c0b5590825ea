import { accountsHint } from '../../local/accounts-hint';
import { tableAccounts } from '../../src/accounts';
import { dynamoTable } from '../../src/store';
import { openWorld } from '../setup/world';

it('says how to take over a file that has been edited since its accounts were imported', async () => {
  const world = await openWorld();
  const accounts = tableAccounts(dynamoTable(world.dynamodb, String(world.environment['TABLE_NAME'])));
  expect(await accountsHint({ hash: 'a' }, { accounts })).toBeUndefined();
  await accounts.rememberImport('a');
  expect(await accountsHint({ hash: 'a' }, { accounts })).toBeUndefined();
  expect(await accountsHint({ hash: 'b' }, { accounts })).toContain(
    'npm run accounts -- import config/accounts.yml',
  );
});
