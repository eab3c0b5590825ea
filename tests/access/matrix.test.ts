import { join } from 'node:path';
import {
  type Asker,
  accessMatrix,
  loadAccessRules,
  mayApprove,
  type Role,
  type Ruling,
  rule,
} from '../../src/access';
import { type Principal, principal } from '../../src/accounts';
import { SEVERITIES, type Severity } from '../../src/controls';
import type { Standing } from '../../src/slack';

const rules = loadAccessRules(join(__dirname, '..', '..', 'config', 'access.yml'));

/**
 * Who may do what by design, written by hand: what is asked for, of which severity, for how many days at most, and what
 * a member, the account's owner or deputy, an analyst and a lead may do. An approver's name means that one of them has to
 * approve.
 */
const DESIGN = `
  look                        any              -    yes           yes           yes           yes
  take                        any              -    yes           yes           yes           yes
  report-fixed                any              -    yes           yes           yes           yes
  ask                         any              -    yes           yes           yes           yes
  answer                      any              -    no            no            yes           yes
  decide-control              any              -    no            no            yes           yes
  undo                        any              -    no            yes           yes           yes
  suppress                    LOW              90   analyst       yes           yes           yes
  suppress                    INFORMATIONAL    90   analyst       yes           yes           yes
  suppress                    MEDIUM           90   analyst       yes           yes           yes
  suppress                    HIGH             30   analyst       analyst       not-own       yes
  suppress                    CRITICAL         14   lead          lead          lead          lead
  suppress-by-design          any              366  no            lead          lead          lead
  register-owner              any              -    no            yes           yes           yes
  claim-account               any              -    analyst       yes           yes           yes
  register-account            any              -    no            no            yes           yes
  request-account             any              -    analyst       analyst       analyst       analyst
  request-production-account  any              -    lead+analyst  lead+analyst  lead+analyst  lead+analyst
`;
const ROWS = DESIGN.trim()
  .split('\n')
  .map((line) => {
    const [kind = '', severity = '', days = '', member = '', owner = '', analyst = '', lead = ''] = line
      .trim()
      .split(/ +/);
    const cells: Record<Role, string> = { member, owner, analyst, lead };
    return { kind, severity, maxDays: days === '-' ? Number.POSITIVE_INFINITY : Number(days), cells };
  });
/** What no rule names: git only, or not there yet. */
const UNKNOWN = ['remediate', 'contain', 'release', 'policy', 'access', 'catalogue', '__proto__', ''];
const KINDS = [...new Set(ROWS.map(({ kind }) => kind)), ...UNKNOWN];

/** From what asks for least to what asks for most. */
const FAVOURABLE = ['yes', 'analyst', 'lead', 'lead+analyst', 'no'];

interface Case {
  readonly kind: string;
  readonly severity: Severity;
  readonly roles: readonly Role[];
  readonly days?: number;
  readonly ownerless: boolean;
  readonly standing: Standing;
  readonly listed: boolean;
}

/** The design's answer. */
function expected({ kind, severity, roles, days = 0, ownerless, standing, listed }: Case): string {
  if (standing === 'outsider' || standing === 'bot') return 'outsider';
  if (standing === 'left') return 'left';
  if (standing === 'guest' && !listed) return 'guest';
  const row = ROWS.find((one) => one.kind === kind && ['any', severity].includes(one.severity));
  if (row === undefined) return 'no';
  if (days > row.maxDays) return `at most ${row.maxDays}`;
  if (kind === 'claim-account' && !ownerless) return 'owned';
  const counted =
    standing === 'guest' ? roles.filter((role) => role === 'member' || role === 'owner') : roles;
  const answers = counted.map((role) => {
    const cell = row.cells[role];
    if (cell !== 'not-own') return cell;
    return roles.includes('owner') ? 'no' : 'yes';
  });
  return FAVOURABLE.find((answer) => answers.includes(answer)) ?? 'no';
}

function said(ruling: Ruling): string {
  if (ruling.effect === 'allow') return 'yes';
  if (ruling.effect === 'needs approval') {
    return ruling.needs.map(({ of, count }) => (count === 1 ? of : `${count} ${of}`)).join('+');
  }
  const { reason } = ruling;
  if (reason.code === 'too-long') return `at most ${reason.maxDays}`;
  return reason.code === 'not-allowed' ? 'no' : reason.code;
}

const GUEST = principal('U0GUEST') as Principal;
const OTHERS: readonly Role[] = ['owner', 'analyst', 'lead'];
/** Everybody is a member; of the other roles a person may have any, so the account is theirs or it is not. */
const ROLE_SETS: readonly (readonly Role[])[] = Array.from({ length: 2 ** OTHERS.length }, (_, bits) => [
  'member',
  ...OTHERS.filter((_role, index) => bits & (1 << index)),
]);
const STANDINGS = [
  { standing: 'member', listed: false },
  { standing: 'guest', listed: false },
  { standing: 'guest', listed: true },
  { standing: 'outsider', listed: true },
  { standing: 'left', listed: true },
  { standing: 'bot', listed: true },
] as const;
const DAYS = [undefined, 1, 14, 15, 30, 31, 90, 91, 366, 367];

const everywhere = (kind: string): Case[] =>
  STANDINGS.flatMap((who) =>
    SEVERITIES.flatMap((severity) =>
      ROLE_SETS.flatMap((roles) =>
        DAYS.flatMap((days) =>
          [true, false].map((ownerless) => ({
            ...who,
            kind,
            severity,
            roles,
            ownerless,
            ...(days !== undefined && { days }),
          })),
        ),
      ),
    ),
  );

const askerOf = ({ roles, standing }: Case): Asker => ({ id: GUEST, roles, standing });
const ruled = (one: Case): Ruling =>
  rule(
    askerOf(one),
    one,
    // Whoever is listed is so for everything there is.
    one.listed ? { ...rules, guests: { [GUEST]: KINDS as never } } : rules,
  );

test.each(KINDS)('%s: every role, severity, term, relation and standing', (kind) => {
  const cases = everywhere(kind);
  expect(cases).toHaveLength(6 * 5 * 8 * 10 * 2);
  const wrong = cases.filter((one) => said(ruled(one)) !== expected(one));
  expect(
    wrong.slice(0, 5).map((one) => ({ ...one, said: said(ruled(one)), expected: expected(one) })),
  ).toEqual([]);
});

test.each(KINDS)('%s: who needs an approval is never enough to give it', (kind) => {
  for (const one of everywhere(kind)) {
    const ruling = ruled(one);
    if (ruling.effect !== 'needs approval') continue;
    const asker = askerOf(one);
    expect(mayApprove(asker, ruling.needs, asker.id)).not.toBe('yes');
    // "Somebody other than yourself" is said to those who could approve it for anybody else.
    const approver = mayApprove(asker, ruling.needs, principal('U0OTHER') as Principal) === 'yes';
    if (one.standing === 'member') expect(ruling.other).toBe(approver);
  }
});

test('the printed matrix is the design', () => {
  const printed = accessMatrix(rules).map(({ kind, severity, maxDays, ownerless, cells }) => ({
    kind,
    severity,
    maxDays: maxDays ?? Number.POSITIVE_INFINITY,
    ownerless: ownerless ?? false,
    cells: Object.fromEntries(
      cells.map(({ role, ruling, own }) => [role, own ? `${said(ruling)}, own: ${said(own)}` : said(ruling)]),
    ),
  }));
  const designed = ROWS.flatMap(({ kind, severity, maxDays, cells }) =>
    SEVERITIES.filter((one) => severity === 'any' || severity === one).map((one) => ({
      kind,
      severity: one,
      maxDays,
      ownerless: kind === 'claim-account',
      cells: {
        ...cells,
        analyst: cells.analyst === 'not-own' ? `yes, own: ${cells.owner}` : cells.analyst,
      },
    })),
  );
  const inOrder = (rows: readonly { kind: string; severity: Severity }[]) =>
    rows.toSorted((a, b) => `${a.kind} ${a.severity}`.localeCompare(`${b.kind} ${b.severity}`));
  expect(inOrder(printed)).toEqual(inOrder(designed));
});
