import { drawBulletin } from '../../../../blocks/cards/bulletin';
import { readAloud } from '../../read-aloud';
import { ranking } from '../../bulletin-records';
test('x', () => {
  console.log(readAloud(drawBulletin(ranking(), 'ja').blocks));
  console.log(readAloud(drawBulletin(ranking(), 'en').blocks));
});
