import {
  allowedUrl,
  channelName,
  clean,
  consoleUrl,
  date,
  fields,
  guardDutyUrl,
  LIMITS,
  link,
  mention,
  mrk,
  permalink,
  plain,
  section,
} from '../../../blocks/kit';
import type { Principal } from '../../../src/accounts';
import { CORPUS, intruders, NAMED } from '../hostile';
import { OWNER, TEAM } from '../records';

describe('mention', () => {
  test('of a user and of a group', () => {
    expect(mention(OWNER).markup).toBe('<@U0OWNER01>');
    expect(mention(TEAM).markup).toBe('<!subteam^S0SECTEAM>');
  });

  test.each(['!channel', 'U1|x> <!here', 'C0HOME001', '', 'u0owner01'])('of %j is none', (id) => {
    expect(mention(id as Principal).markup).not.toContain('<');
  });

  test('a channel is named by its id only', () => {
    expect(channelName('C0HOME001').markup).toBe('<#C0HOME001>');
    expect(channelName('general> <!here').markup).not.toContain('<');
  });
});

describe('link', () => {
  test.each([
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19',
    'https://console.aws.amazon.com/ec2',
    'https://cn-north-1.console.amazonaws.cn/securityhub/home',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/securityhub/home',
    'https://repost.aws/knowledge-center',
    'https://example.slack.com/archives/C0HOME001/p1700000000000100',
  ])('may lead to %s', (address) => {
    expect(link(address, 'there').markup).toBe(`<${address}|there>`);
  });

  test.each([
    'http://docs.aws.amazon.com/',
    'https://evil.example/docs.aws.amazon.com',
    'https://docs.aws.amazon.com.evil.example/',
    'https://notamazon.com/',
    'https://bucket.s3.amazonaws.com/login.html',
    'https://abc.lambda-url.us-east-1.on.aws/',
    'https://abc.api.aws/',
    'https://user:secret@docs.aws.amazon.com/',
    'https://slack.com/signin',
    'https://docs.aws.amazon.com@evil.example/',
    'javascript:alert(1)',
    'no address',
  ])('does not lead to %j', (address) => {
    expect(allowedUrl(address)).toBeUndefined();
    expect(link(address, 'there').markup).not.toContain('<');
  });

  test.each([...NAMED, ['too long', `https://docs.aws.amazon.com/${'a'.repeat(3000)}`] as const])(
    'does not lead to what is no address: %s',
    (_name, address) => {
      expect(link(address, 'there').markup).not.toContain('<');
    },
  );

  test('an address cannot end its own link', () => {
    const drawn = link('https://docs.aws.amazon.com/a|b?x=|<!channel>`', 'there');
    expect(intruders({ type: 'mrkdwn', text: drawn.markup })).toEqual([]);
    expect(drawn.markup.match(/\|/g)).toHaveLength(1);
  });

  test('a permalink is made of ids of the right form', () => {
    expect(permalink('C0HOME001', '1700000000.000100')).toBe(
      'https://slack.com/archives/C0HOME001/p1700000000000100',
    );
    expect(permalink('C0/../x', '1700000000.000100')).toBeUndefined();
    expect(permalink('C0HOME001', '1.2|x')).toBeUndefined();
  });
});

describe('date', () => {
  test('is said in the reader’s own clock, with UTC for clients that cannot', () => {
    expect(date('2026-11-22T00:30:00.000Z').markup).toBe(
      '<!date^1795307400^{date_short_pretty} {time}|2026-11-22 00:30 UTC>',
    );
  });

  test('what is no date is shown as it is', () => {
    expect(date('<!channel>').markup).toBe('&lt;!channel&gt;');
  });
});

describe('guardDutyUrl', () => {
  const id = '00112233445566778899aabbccddeeff';

  test.each([`arn:aws:guardduty:eu-west-1:111122223333:detector/0123/finding/${id}`, id])(
    'opens the finding: %s',
    (finding) => {
      expect(guardDutyUrl('eu-west-1', finding)).toBe(
        `https://eu-west-1.console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings?macros=current&fId=${id}`,
      );
    },
  );

  test('opens the list where the id is not of its form, and nothing for what is no region', () => {
    expect(guardDutyUrl('cn-north-1', 'x&y=z')).toBe(
      'https://cn-north-1.console.amazonaws.cn/guardduty/home?region=cn-north-1#/findings',
    );
    expect(guardDutyUrl('evil.example/', id)).toBeUndefined();
  });
});

describe('consoleUrl', () => {
  const id = 'arn:aws:securityhub:eu-west-1:111122223333:security-control/EC2.19/finding/0a1b';

  test('opens the finding in its region', () => {
    expect(consoleUrl('eu-west-1', id)).toBe(
      'https://eu-west-1.console.aws.amazon.com/securityhub/home?region=eu-west-1#/findings?search=Id%3D%255Coperator%255C%253AEQUALS%255C%253Aarn%253Aaws%253Asecurityhub%253Aeu-west-1%253A111122223333%253Asecurity-control%252FEC2.19%252Ffinding%252F0a1b',
    );
  });

  test.each([
    ['cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
  ])('knows the partition of %s', (region, host) => {
    expect(new URL(consoleUrl(region, id) ?? '').host).toBe(host);
  });

  test.each(['global', '', 'evil.example/', 'eu-west-1.evil'])('%j is no region', (region) => {
    expect(consoleUrl(region, id)).toBeUndefined();
  });

  test('lone surrogates do not break it, and too long an id gets no address', () => {
    expect(consoleUrl('eu-west-1', 'x\uD83D')).toContain('EQUALS');
    expect(consoleUrl('eu-west-1', '/'.repeat(2048))).toBeUndefined();
  });
});

describe('plain', () => {
  test('is one line, within its limit and never empty', () => {
    expect(plain('a\nb', 75).text).toBe('a b');
    expect(plain('\u200B', 75).text).toBe('–');
    for (const text of CORPUS) {
      const drawn = plain(text, LIMITS.button);
      expect(drawn.text.length).toBeGreaterThan(0);
      expect(drawn.text.length).toBeLessThanOrEqual(LIMITS.button);
      expect(JSON.stringify(drawn)).not.toMatch(/<[!@#]|<https?:/);
    }
  });
});

test('clean removes what nobody sees and keeps lines', () => {
  expect(clean('a\u202Eb\u200Bc\u0000d\r\ne\tf \uD83D')).toBe('abcd\ne f \uFFFD');
});

test('mrkdwn is verbatim, so that Slack makes no links of its own', () => {
  expect(section(mrk`https://evil.example`).text).toEqual({
    type: 'mrkdwn',
    text: 'https://evil.example',
    verbatim: true,
  });
});

test('a section has at most ten fields', () => {
  expect(fields(Array.from({ length: 20 }, () => mrk`x`)).fields).toHaveLength(10);
});
