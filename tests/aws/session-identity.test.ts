import * as fc from 'fast-check';
import type { Principal } from '../../src/accounts';
import { changeIdentity, ownIdentity, type SessionPurpose } from '../../src/aws/session-identity';

const AOI = 'U0AOI' as Principal;
const REN = 'U0REN' as Principal;

const purpose: SessionPurpose = {
  person: AOI,
  change: '01K9ZT3V6W',
  action: 'register-account',
  askedBy: REN,
  approvedBy: [REN, AOI],
};

test('a change’s session is named after it, in the person’s name, and says who wanted it', () => {
  expect(changeIdentity(purpose)).toEqual({
    RoleSessionName: '01K9ZT3V6W',
    SourceIdentity: 'slack-U0AOI',
    Tags: [
      { Key: 'secops-bot:change', Value: '01K9ZT3V6W' },
      { Key: 'secops-bot:action', Value: 'register-account' },
      { Key: 'secops-bot:asked-by', Value: 'U0REN' },
      { Key: 'secops-bot:approved-by', Value: 'U0REN U0AOI' },
    ],
    TransitiveTagKeys: [
      'secops-bot:change',
      'secops-bot:action',
      'secops-bot:asked-by',
      'secops-bot:approved-by',
    ],
  });
});

test('where nobody had to approve, no tag says that somebody has', () => {
  const { Tags, TransitiveTagKeys } = changeIdentity({ ...purpose, approvedBy: [] });
  expect(Tags?.map(({ Key }) => Key)).toEqual([
    'secops-bot:change',
    'secops-bot:action',
    'secops-bot:asked-by',
  ]);
  expect(TransitiveTagKeys).toEqual(Tags?.map(({ Key }) => Key));
});

test('the bot itself has one name, and somebody at the terminal theirs; neither has tags', () => {
  expect(ownIdentity()).toEqual({ RoleSessionName: 'secops-bot', SourceIdentity: 'secops-bot' });
  expect(ownIdentity('ren@example.com')).toEqual({
    RoleSessionName: 'ren@example.com',
    SourceIdentity: 'ren@example.com',
  });
});

test('approvers that a tag has no room for are left out whole', () => {
  const approvedBy = Array.from({ length: 40 }, (_, n) => `U0APPROVER${n}` as Principal);
  const { Tags = [] } = changeIdentity({ ...purpose, approvedBy });
  const listed = Tags.at(-1)?.Value?.split(' ') ?? [];
  expect(listed).toEqual(approvedBy.slice(0, listed.length));
  expect(listed.length).toBeGreaterThan(15);
});

// --- What STS takes, as its reference says it ---------------------------------------------------------------

const NAME = /^[\w+=,.@-]{2,64}$/;
const KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const person = fc.stringMatching(/^[UWS][A-Z0-9]{2,20}$/).map((id) => id as Principal);
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  // Half a character, as whatever cuts texts may leave it.
  fc.string({ maxLength: 300 }).map((text) => `${text}\ud83d`),
  fc.constantFrom('', '-', '𝔘'.repeat(200), '部署'.repeat(200), 'aws:', '\u0000', '<!channel>'),
);

test('whatever a change is called, its session’s name and tags are what STS takes', () => {
  fc.assert(
    fc.property(
      fc.record({
        person,
        change: anything,
        action: anything,
        askedBy: person,
        approvedBy: fc.array(person, { maxLength: 60 }),
      }),
      (made) => {
        const { RoleSessionName, SourceIdentity, Tags = [], TransitiveTagKeys = [] } = changeIdentity(made);
        expect(RoleSessionName).toMatch(NAME);
        expect(SourceIdentity).toBe(`slack-${made.person}`);
        expect(SourceIdentity).toMatch(NAME);
        for (const { Key, Value } of Tags) {
          expect(Key).toMatch(KEY);
          expect(Value).toMatch(VALUE);
          expect(Value?.length).toBeLessThanOrEqual(256);
        }
        // Case does not tell keys apart.
        expect(new Set(Tags.map(({ Key = '' }) => Key.toLowerCase())).size).toBe(Tags.length);
        expect(TransitiveTagKeys).toEqual(Tags.map(({ Key }) => Key));
      },
    ),
    { numRuns: 300 },
  );
});

test('two people, and two changes of one person, never have the same identity', () => {
  const id = fc.stringMatching(/^[0-9a-z]{2,64}$/);
  fc.assert(
    fc.property(person, person, id, id, (one, other, first, second) => {
      fc.pre(one !== other || first !== second);
      const identity = (who: Principal, change: string) =>
        JSON.stringify(changeIdentity({ ...purpose, person: who, change }));
      expect(identity(one, first)).not.toBe(identity(other, second));
    }),
  );
});
