import * as fc from 'fast-check';
import { drawAlarm, type ShownAlarm } from '../../../blocks/cards/alarm';
import { checkMessage } from '../../../blocks/kit/check';
import { LANGUAGES } from '../../../src/playbooks';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';

const alarm: ShownAlarm = {
  name: 'SecopsBot-CardsDeadLetters',
  state: 'ALARM',
  at: '2026-11-24T01:00:00.000Z',
  region: 'ap-northeast-1',
  description: 'secops-bot: messages of cards could not be handled',
  reason: 'Threshold Crossed: 1 datapoint [3.0 (24/11/26 00:55:00)] was greater than the threshold (0.0).',
  dashboard: 'SecopsBot-ap-northeast-1',
};

test('says what happened, what to do, since when, and where to look', () => {
  const { text, blocks } = drawAlarm(alarm, 'ja');
  expect(text).toBe('アラーム: Slack への表示に失敗したメッセージが、デッドレターキューに残っています。');
  expect(readAloud(blocks)).toBe(
    [
      '*アラーム: Slack への表示に失敗したメッセージが、デッドレターキューに残っています。*',
      '関数 cards のログで原因を確認してください。原因を取り除いたら、SQS のコンソールでデッドレターキューを再処理 (redrive) します。',
      '発生: 2026-11-24 01:00 UTC · CloudWatch でアラームを開く · ダッシュボードを開く',
      'CloudWatch の判定: Threshold Crossed: 1 datapoint [3.0 (24/11/26 00:55:00)] was greater than the threshold (0.0).',
    ].join('\n'),
  );
  const markup = JSON.stringify(blocks);
  const home = 'https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1';
  expect(markup).toContain(`<${home}#alarmsV2:alarm/SecopsBot-CardsDeadLetters|`);
  expect(markup).toContain(`<${home}#dashboards/dashboard/SecopsBot-ap-northeast-1|`);
});

test('says in one line that it is over', () => {
  const { text, blocks } = drawAlarm({ ...alarm, state: 'OK' }, 'en');
  expect(text).toBe('Over: Messages that failed at showing records in Slack lie in the dead-letter queue.');
  expect(readAloud(blocks)).toBe(`${text}\nOver since 2026-11-24 01:00 UTC`);
});

test('leads to the console of the partition that the region is in', () => {
  const host = (region: string) =>
    /https:\/\/([^/]+)\//.exec(JSON.stringify(drawAlarm({ ...alarm, region }, 'en')))?.[1];
  expect(host('cn-north-1')).toBe('cn-north-1.console.amazonaws.cn');
  expect(host('us-gov-west-1')).toBe('us-gov-west-1.console.amazonaws-us-gov.com');
  expect(host('evil.example/')).toBeUndefined();
});

describe.each(LANGUAGES)('an alarm that has no words (%s)', (language) => {
  test('shows what it says of itself', () => {
    const own = drawAlarm({ ...alarm, name: 'SecopsBot-Added', description: 'something new' }, language);
    expect(own.text).toContain('something new');
    const bare = drawAlarm({ ...alarm, name: 'constructor', description: '' }, language);
    expect(bare.text).toContain('constructor');
  });

  test('whatever it says, nobody is called, and Slack takes it', () => {
    fc.assert(
      fc.property(hostile(), hostile(), hostile(), hostile(), (name, description, reason, dashboard) => {
        for (const state of ['ALARM', 'OK'] as const) {
          const drawn = drawAlarm({ ...alarm, name, description, reason, dashboard, state }, language);
          expect(checkMessage(drawn)).toEqual([]);
          expect(intruders(drawn)).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
