import { channelName } from '../../blocks/kit';
import { words } from '../../blocks/words';
import { tick } from '../../handlers/clock';
import type { Language } from '../../src/playbooks';
import { readAloud } from '../blocks/read-aloud';
import { asff } from '../fixtures/findings';
import { DAY, openStage, type Stage } from './stage';

const ACCOUNTS = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHARED }
`;

describe.each<Language>(['ja', 'en'])(
  'an account whose channel is shared with another company (%s)',
  (language) => {
    const w = words(language);
    let stage: Stage;
    beforeEach(async () => {
      stage = await openStage({ language, accounts: ACCOUNTS });
    });
    afterEach(() => stage.close());

    test('its card stands in the default channel and says why; nothing is posted where others read', async () => {
      await stage.report(asff({ control: 'EC2.19' }));

      const card = await stage.card('C0REQUESTS');
      expect(JSON.stringify(card.blocks)).toContain(
        JSON.stringify(w.unreachable['externally_shared']?.(channelName('C0SHARED')).markup).slice(1, -1),
      );
      expect(await stage.cards('C0SHARED')).toEqual([]);
      expect(stage.logged).toEqual([expect.stringContaining('cannot be reached')]);
      // Once asked, the answer is remembered: of that channel, the default one, and the security team's.
      expect(await stage.people.calls('conversations.info')).toHaveLength(3);
    });

    test('the security team hears it once a channel, whatever was to go there and however often', async () => {
      await stage.report(asff({ control: 'EC2.19' }));
      stage.clock.advance(DAY);
      await stage.report(asff({ control: 'S3.8' }));

      const notices = await stage.cards('C0SECURITY');
      expect(notices.map(({ text }) => text)).toEqual([
        w.notice.sharedChannel(channelName('C0SHARED')).markup,
      ]);
      expect(readAloud(notices[0]?.blocks)).toContain(w.notice.sharedChannelWhy);
      expect(await stage.cards('C0SHARED')).toEqual([]);
    });

    test('its bulletins go the same way', async () => {
      await stage.report(asff({ control: 'S3.5', resource: 'arn:aws:s3:::example-reports' }));
      stage.clock.advance(DAY);
      await tick(stage.bot);
      await stage.drain();

      expect(await stage.cards('C0SHARED')).toEqual([]);
      const [bulletin] = await stage.cards('C0REQUESTS');
      expect(readAloud(bulletin?.blocks)).toContain('shop-prod');
    });
  },
);
