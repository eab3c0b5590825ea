import { join } from 'node:path';
import { cliOperations } from '../../commands/playbooks/open-playbooks';
import { tooLong } from '../../commands/playbooks/too-long';
import { lintPlaybook, lintThreat, loadPlaybooks } from '../../src/playbooks';

const playbooks = loadPlaybooks(join(__dirname, '..', '..', 'config', 'playbooks'));
const operations = cliOperations();

test('nothing is wrong with those about controls: commands, language, length', () => {
  expect(playbooks.all().flatMap((one) => [...lintPlaybook(one, operations), ...tooLong(one)])).toEqual([]);
});

test('nothing is wrong with those about threats', () => {
  expect(playbooks.allThreats().flatMap((one) => [...lintThreat(one, operations), ...tooLong(one)])).toEqual(
    [],
  );
});

test('no two have the same title', () => {
  const titles = [...playbooks.all(), ...playbooks.allThreats()].flatMap(({ text }) => [
    text.ja.title,
    text.en.title,
  ]);
  expect(titles.filter((title, place) => titles.indexOf(title) !== place)).toEqual([]);
});
