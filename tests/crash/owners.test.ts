import type { Principal } from '../../src/accounts';
import { changeRef } from '../../src/changes';
import { noticeRef } from '../../src/notices';
import { requestRef } from '../../src/requests';
import { register } from '../setup/register';
import {
  ACCOUNT,
  ANALYST,
  answered,
  bucket,
  CHANNEL,
  describeScene,
  keyOf,
  MEMBER,
  OWNER,
  proposalId,
  propose,
  type Scene,
  type SceneFlow,
  SECURITY,
  TRACKED,
} from './scene';

const tracked = requestRef(keyOf(TRACKED));
const AT = '2026-11-26T23:31:00.000Z';
const notice = (kind: string) => {
  const ref = noticeRef({ kind: 'owner', subject: proposalId(kind, ACCOUNT) });
  return `${CHANNEL} ${ref}#owner`;
};

/** Who answers for the account, and whom its request's card calls. */
const also: SceneFlow['also'] = async ({ bot, spine }) => {
  await bot.accounts.refresh();
  const cards = (await spine.people.channel(CHANNEL)).filter((message) =>
    JSON.stringify(message.metadata).includes(tracked),
  );
  const called = [OWNER.id, MEMBER.id].filter((id) => JSON.stringify(cards[0]).includes(id));
  return { owner: bot.accounts.lookup(ACCOUNT).owner, called };
};
const open = (scene: Scene) => scene.reported(bucket('a', { severity: 'HIGH' }));
const OPEN = {
  states: [`${TRACKED} a open`],
  workflow: [`${TRACKED} a NOTIFIED`],
  also,
  sees: { owner: MEMBER.id, called: [MEMBER.id] },
};

const FLOWS: readonly SceneFlow[] = [
  {
    name: 'somebody claims an account that nobody owns, and an analyst approves',
    before: open,
    acts: [
      (_, bot) => propose(bot, 'claim-account', ACCOUNT, {}, AT, { by: MEMBER }),
      answered(proposalId('claim-account', ACCOUNT), { type: 'approve' }, ANALYST),
    ],
    ...OPEN,
    posts: [
      `${CHANNEL} ${tracked}#1`,
      notice('claim-account'),
      ...['applied', 'card'].map(
        (key) => `${SECURITY} ${changeRef(proposalId('claim-account', ACCOUNT))}#${key}`,
      ),
    ],
  },
  {
    name: 'an owner hands an account over',
    before: async (scene) => {
      await register(scene.bot, ACCOUNT, { owner: OWNER.id as Principal });
      await open(scene);
    },
    acts: [(_, bot) => propose(bot, 'register-owner', ACCOUNT, { owner: MEMBER.id }, AT, { by: OWNER })],
    ...OPEN,
    posts: [`${CHANNEL} ${tracked}#1`, notice('register-owner')],
  },
];

for (const flow of FLOWS) describeScene({ ...flow, brief: true });
