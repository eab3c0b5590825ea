import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { words } from '../../blocks/words';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { openStage, type Stage } from './stage';

const en = words('en');
const ja = words('ja');
const GUEST = 'U0GUEST';

let stage: Stage;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secops-guests-'));
  cpSync('config', folder, { recursive: true });
  const rules = readFileSync('config/access.yml', 'utf8');
  writeFileSync(join(folder, 'access.yml'), `${rules}\n  ${GUEST}: [look, suppress]\n`);
  writeFileSync(
    join(folder, 'accounts.yml'),
    "accounts:\n  - { id: '111122223333', name: shop-prod, kind: production, owner: U0GUEST, channel: C0REQUESTS }\n",
  );
  stage = await openStage({ environment: { CONFIG_DIR: folder } });
});
afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

test('a guest may what they are listed for, as the owner that they are, and nothing else', async () => {
  const failing = asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-reports' });
  await stage.report(failing);
  const card = await stage.card('C0REQUESTS');

  const { message } = await stage.act(() => stage.people.command(GUEST, 'C0REQUESTS', 'policy S3.5'));
  expect(readAloud(message)).toContain('S3.5');
  await stage.press(GUEST, card, ja.card.details);
  expect(readAloud((await stage.people.user(GUEST)).modal)).toContain('example-reports');
  await stage.people.close(GUEST, true);

  await stage.press(GUEST, card, ja.card.take);
  expect(readAloud(await stage.whispered(GUEST))).toBe(en.ruling.guest.markup);

  await stage.press(GUEST, card, ja.card.suppress);
  const { modal } = await stage.people.user(GUEST);
  expect(modal?.['submit']).toMatchObject({ text: en.suppress.submit });
  await stage.act(() =>
    stage.people.submit(GUEST, {
      'secops.suppress.reason': 'Reachable from the office network only.',
      'secops.suppress.days': '14',
    }),
  );
  expect((await stage.workflow(failing)).status).toBe('SUPPRESSED');
});
