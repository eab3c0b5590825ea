import * as fc from 'fast-check';
import type { ControlId } from '../../src/controls';
import {
  issueItemKey,
  issueKeyFromRef,
  issueKeyOf,
  issuePartition,
  issueRef,
  parseRequestRef,
  requestItemKey,
  requestKeyOf,
  requestRef,
} from '../../src/requests';
import { ACCOUNT, finding } from './finding';

const control = finding();
const threat = finding({
  product: 'guardduty',
  control: 'UnauthorizedAccess:EC2/SSHBruteForce' as ControlId,
});

describe('a request', () => {
  it('of a control holds all issues of the account and the control, whatever its spelling', () => {
    const key = requestKeyOf(control);
    expect(key).toEqual({ account: ACCOUNT, kind: 'control', subject: 'ec2.19' });
    expect(requestKeyOf({ ...control, control: 'eC2.19' as ControlId, region: 'us-east-1' })).toEqual(key);
    expect(requestItemKey(key)).toEqual({ pk: 'A#111122223333', sk: 'C#ec2.19' });
    expect(issuePartition(key)).toBe('A#111122223333#C#ec2.19');
  });

  it('of a threat holds that one issue', () => {
    const key = requestKeyOf(threat);
    expect(key).toMatchObject({ kind: 'threat', subject: expect.stringMatching(/^[0-9a-z]{26}$/) });
    expect(requestItemKey(key).sk).toBe(`T#${key.subject}`);
    const elsewhere = [
      { ...threat, region: 'us-east-1' },
      { ...threat, control: 'Recon:EC2/Portscan' as ControlId },
      { ...threat, resource: { ...threat.resource, id: 'i-2' } },
    ];
    const subjects = [threat, ...elsewhere].map((of) => requestKeyOf(of).subject);
    expect(new Set(subjects).size).toBe(4);
  });
});

describe('a reference', () => {
  const subject = fc.oneof(
    fc.constantFrom('ec2.19', 's3.1', 'CVE-2024-0001', 'a/b/c', 'TTPs/Initial Access/x'),
    fc.stringMatching(/^[a-z0-9._:/ -]{1,256}$/),
  );

  it('names the request it was made of', () => {
    fc.assert(
      fc.property(subject, fc.constantFrom('control', 'threat'), (name, kind) => {
        const key = { account: ACCOUNT, kind, subject: name } as const;
        expect(parseRequestRef(requestRef(key))).toEqual(key);
      }),
    );
  });

  it('names the issue it was made of', () => {
    for (const issue of [control, threat, { ...control, region: 'global' }]) {
      expect(issueKeyFromRef(requestKeyOf(issue), issueRef(issue))).toEqual(issueKeyOf(issue));
    }
    expect(issueItemKey(issueKeyOf(control))).toEqual({
      pk: 'A#111122223333#C#ec2.19',
      sk: expect.stringMatching(/^I#ap-northeast-1#[0-9a-z]{26}$/),
    });
  });

  test.each([
    '',
    '111122223333',
    '111122223333/control',
    '111122223333/control/',
    '11112222333/control/ec2.19',
    '1111222233334/control/ec2.19',
    '１１１１22223333/control/ec2.19',
    '111122223333/Control/ec2.19',
    '111122223333/__proto__/ec2.19',
    '111122223333/control/ec2.19#I#x',
    '111122223333/control/ec2.19\n',
    `111122223333/control/${'a'.repeat(257)}`,
    '111122223333/control/<!channel>',
    ' 111122223333/control/ec2.19',
  ])('that is none is refused: %j', (ref) => {
    expect(parseRequestRef(ref)).toBeUndefined();
  });

  const hash = 'a'.repeat(26);
  test.each([
    '',
    hash,
    `#${hash}`,
    `ap-northeast-1#${hash.slice(1)}`,
    `ap-northeast-1#${hash}a`,
    `AP-NORTHEAST-1#${hash}`,
    `ap-northeast-1#I#${hash}`,
    `${'a'.repeat(31)}#${hash}`,
    `ap-northeast-1#${hash}\n`,
  ])('to an issue that is none is refused: %j', (ref) => {
    expect(issueKeyFromRef(requestKeyOf(control), ref)).toBeUndefined();
  });

  it('never throws, and what it takes makes the same reference again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (tail) => {
        for (const ref of [tail, `111122223333/control/${tail}`]) {
          const key = parseRequestRef(ref);
          if (key) expect(requestRef(key)).toBe(ref);
        }
      }),
    );
  });
});
