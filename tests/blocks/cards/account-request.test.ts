import * as fc from 'fast-check';
import { drawPlainTimeline, drawTimeline, drawTimelineReply } from '../../../blocks/cards/account-request';
import { drawAnswer } from '../../../blocks/cards/answers';
import { code } from '../../../blocks/kit';
import { checkMessage } from '../../../blocks/kit/check';
import { words } from '../../../blocks/words';
import {
  ACCOUNT_STEPS,
  type AccountCheck,
  type AccountForm,
  type AccountRequest,
  type AccountStep,
  MISSING_OF_ACCOUNT,
} from '../../../src/account-requests';
import type { AccountId, Principal } from '../../../src/accounts';
import { untoldReply, viewAccountRequest } from '../../../src/cards/view-account-request';
import { hostile, intruders } from '../hostile';
import { readAloud } from '../read-aloud';

const AOI = 'U0OWNER01' as Principal;
const SEC = 'S0SECTEAM' as Principal;
const AT = '2026-11-24T01:00:00.000Z';
const form: AccountForm = {
  limits: { created: 2, baseline: 1, registered: 1, ready: 2 },
  fields: [{ id: 'team', label: { ja: '部署', en: 'Team' }, type: 'text', required: false, options: [] }],
};

const through = (last: AccountStep) =>
  Object.fromEntries(
    ACCOUNT_STEPS.slice(0, ACCOUNT_STEPS.indexOf(last) + 1).map((step) => [step, { at: AT, by: [AOI] }]),
  );

const request = (over: Partial<AccountRequest> = {}): AccountRequest => ({
  id: 'new1',
  origin: 'new',
  wanted: { name: 'lab', kind: 'production', purpose: 'Trials', owner: AOI, fields: { team: 'R&D' } },
  asker: { id: AOI, name: 'aoi' },
  steps: through('requested'),
  late: [],
  card: { channel: 'C0REQUESTS', shownRevision: 0 },
  revision: 1,
  version: 1,
  seq: 1,
  uncopied: [],
  ...over,
});

const CHECK: AccountCheck = {
  at: AT,
  role: 'refused',
  hub: 'absent',
  roleArn: 'arn:aws:iam::777788889999:role/SecOpsBotMember',
  roleSaid: 'AccessDenied',
};

const view = (record: AccountRequest) => viewAccountRequest(record, { form, securityTeam: [SEC] });
const draw = (record: AccountRequest, language: 'ja' | 'en' = 'en') => {
  for (const message of [drawTimeline(view(record), language), drawPlainTimeline(view(record), language)]) {
    expect(checkMessage(message)).toEqual([]);
    expect(intruders(message)).toEqual([]);
  }
  return readAloud(drawTimeline(view(record), language).blocks);
};

test('what the card says at each step', () => {
  const { newAccount: said } = words('en');
  expect(draw(request())).toContain(`${said.step.approved}* ${said.awaiting.approved}`);
  const waiting = draw(request({ steps: through('approved'), dueAt: AT }));
  expect(waiting).toContain(said.card.enter);
  expect(waiting).toContain('planned by');
  expect(waiting).toContain('R&D');
  const late = draw(request({ steps: through('approved'), late: ['created'] }));
  expect(late).toContain(`⚠️ *${said.step.created}*`);
  const account = '777788889999' as AccountId;
  const missing = draw(request({ steps: through('created'), account, check: CHECK }));
  expect(missing).toContain(said.refused['no-entry'](code(CHECK.roleArn), code('AccessDenied')).markup);
  expect(missing).toContain(said.card.again);
  expect(draw(request({ steps: through('ready'), account }))).toContain(`🎉 ${said.card.ready('lab')}`);
  const lost = draw(request({ steps: through('ready'), account, dropped: ['owner'] }));
  expect(lost).toContain(said.card.left('owner').markup);
});

const REFUSED = ['no-entry', 'outdated', 'forbidden', 'region-off', 'suspended', 'other'] as const;

describe.each(['ja', 'en'] as const)('what is in the way of the bot, in %s', (language) => {
  const { newAccount: said } = words(language);
  const account = '777788889999' as AccountId;
  const card = (check: AccountCheck) =>
    draw(request({ steps: through('created'), account, check }), language);

  test.each(REFUSED)('%s', (roleWhy) => {
    const text = card({ ...CHECK, roleWhy });
    expect(text).toContain(said.refused[roleWhy](code(CHECK.roleArn), code('AccessDenied')).markup);
    // Each reason is told apart from the others.
    const others = REFUSED.filter((other) => other !== roleWhy);
    for (const other of others) {
      expect(text).not.toContain(said.refused[other](code(CHECK.roleArn), code('AccessDenied')).markup);
    }
  });

  test('the template, and what its parameters take', () => {
    const template = { botRoleArn: `arn:aws:iam::999999999999:role/${'x'.repeat(64)}`, roleName: 'Other' };
    const values = (externalId: boolean) => card({ ...CHECK, template: { ...template, externalId } });
    for (const text of [values(true), values(false)]) {
      expect(text).toContain('infra/member/secops-bot-member.yml');
      expect(text).toContain('docs/roles.md');
      expect(text).toContain(said.template.value(code('BotRoleArn'), code(template.botRoleArn)).markup);
      expect(text).toContain(said.template.value(code('RoleName'), code('Other')).markup);
    }
    expect(values(true)).toContain(said.template.externalId.markup);
    expect(values(false)).toContain(said.template.noExternalId.markup);
  });

  test.each(MISSING_OF_ACCOUNT)('and whoever asked is told in short: %s', (missing) => {
    const message = drawAnswer({ kind: 'missing', of: missing }, language);
    expect(checkMessage(message)).toEqual([]);
    const text = readAloud(message.blocks);
    expect(text).toContain(said.missing[missing]);
    expect(text).toContain(said.answers.checks.markup);
  });

  test('a check of an earlier version says as much as it knows', () => {
    expect(card(CHECK)).toContain(said.refused['no-entry'](code(CHECK.roleArn), code('AccessDenied')).markup);
    expect(card({ ...CHECK, role: 'ok', hub: 'suspended', hubSaid: 'AccountSuspended' })).toContain(
      said.hub.suspended(code('AccountSuspended')).markup,
    );
  });
});

test('steps that were reached together are one reply, and a post that may have gone out is not told again', () => {
  const record = request({ steps: through('registered'), account: '777788889999' as AccountId });
  expect(untoldReply(record)).toEqual({
    key: 'registered',
    kind: 'steps',
    steps: ['approved', 'created', 'baseline', 'registered'],
  });
  const card = { ...record.card, told: ['approved'], posting: { key: 'created', at: AT } };
  expect(untoldReply({ ...record, card })).toEqual({ key: 'created', kind: 'steps', steps: ['created'] });
  const told = { ...card, told: ['approved', 'created', 'baseline', 'registered'] };
  expect(untoldReply({ ...record, card: told })).toBeUndefined();
  expect(untoldReply({ ...record, card: told, late: ['ready'] })).toMatchObject({ key: 'late-ready' });
});

test('whatever is in it, Slack takes it and nobody is called by it', () => {
  const end = fc.constantFrom('denied' as const, 'withdrawn' as const, 'expired' as const, 'failed' as const);
  fc.assert(
    fc.property(
      fc.record({
        name: hostile(),
        purpose: hostile(),
        project: hostile(),
        newChannel: hostile(),
        team: hostile(),
      }),
      fc.constantFrom(...ACCOUNT_STEPS),
      fc.option(fc.record({ as: end, reason: hostile() })),
      hostile(),
      fc.constantFrom('ja' as const, 'en' as const),
      ({ team, ...texts }, last, over, saidByAws, language) => {
        const steps = through(last);
        const record = request({
          wanted: { ...texts, kind: 'non-production', owner: AOI, fields: { team } },
          steps: steps['baseline'] ? { ...steps, baseline: { at: AT, by: [AOI], unchecked: team } } : steps,
          account: '777788889999' as AccountId,
          check: { ...CHECK, roleSaid: saidByAws, hubSaid: saidByAws, hub: 'unknown' },
          late: ['created', 'ready'],
          ...(over && { end: { ...over, at: AT } }),
        });
        draw(record, language);
        expect(JSON.stringify(drawTimeline(view(record), language)).length).toBeLessThanOrEqual(10_000);
        for (
          let current = record, reply = untoldReply(current);
          reply !== undefined;
          reply = untoldReply(current)
        ) {
          const message = drawTimelineReply(reply, view(record), language);
          expect(checkMessage(message)).toEqual([]);
          expect(intruders(message)).toEqual([]);
          const told = [
            ...(current.card.told ?? []),
            ...(reply.kind === 'steps' ? reply.steps : [reply.key]),
          ];
          current = { ...current, card: { ...current.card, told } };
        }
      },
    ),
    { numRuns: 80 },
  );
});
