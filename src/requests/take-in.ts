import type { FindingSource } from '../aws';
import type { Calendar } from '../calendar';
import type { Catalogue, Severity } from '../controls';
import { type Finding, issueRegion } from '../findings';
import { giveNotice, type Notices } from '../notices';
import type { Policy } from '../policy';
import { ContentionError } from '../store';
import { type DecideInput, type Decision, decide, type Sent, type TreatedNow } from './decide';
import type { Flow } from './flow';
import type { Identities } from './identity';
import { type Issue, isOpen } from './issue';
import { type IssueKey, issueKeyOf } from './keys';
import type { Known } from './known';
import { type Effects, emitEffects } from './settle';

export interface Intake extends Effects {
  readonly catalogue: Catalogue;
  readonly policy: () => Policy;
  readonly hub: FindingSource;
  readonly notices: Notices;
  readonly known: Known;
  readonly flow: Flow;
  readonly identities: Identities;
}

const TRIES = 20;

/** Tells the security team, once a control, that AWS cannot check it; owners could not do anything about it. */
async function noticeUnchecked(finding: Finding, intake: Intake): Promise<void> {
  if (finding.product !== 'control' || intake.accounts(finding.account).mode === 'observe') return;
  await giveNotice(
    {
      kind: 'unchecked',
      subject: finding.control,
      control: finding.control,
      title: finding.title,
      account: finding.account,
      region: finding.region,
      at: intake.now().toISOString(),
      channel: intake.securityChannel,
    },
    intake.notices,
    intake.queues,
  );
}

/** What policy says to a finding as severe as this, and when that is due if it opens now. */
export function treatmentOf(
  finding: Pick<Finding, 'control' | 'product' | 'account' | 'region' | 'resource'>,
  severity: Severity,
  intake: TreatmentSources,
): TreatedNow {
  const account = intake.accounts(finding.account);
  const treated = intake.policy().treat({
    control: finding.control,
    product: finding.product,
    severity,
    category: intake.catalogue.find(finding.control)?.category,
    account: finding.account,
    kind: account.kind,
    region: finding.region,
    tags: finding.resource.tags,
  });
  // Nobody is left who could be asked.
  if (account.status === 'closed') {
    return {
      treatment: 'leave',
      line: 'closed account',
      version: treated.version,
      deadlineHours: treated.deadlineHours,
    };
  }
  return {
    ...treated,
    due: () => intake.calendar.dueAfter(intake.now(), treated.deadlineHours).toISOString(),
  };
}

/** What it takes to treat a finding. */
export interface TreatmentSources {
  readonly catalogue: Catalogue;
  readonly policy: () => Policy;
  readonly accounts: Intake['accounts'];
  readonly calendar: Calendar;
  readonly now: () => Date;
}

/** How a finding came in. */
export interface Arrival {
  /** It comes from Security Hub's own answer, not from an event. */
  readonly confirmed?: boolean;
  /** A person has sent it by hand. */
  readonly sent?: Sent;
}

/** What has become of a finding, and of which issue. */
export interface Taken {
  readonly outcome: Decision['outcome'];
  readonly issue: IssueKey;
}

/** What Security Hub has been asked about a finding. */
type Asked = Pick<DecideInput, 'fetched' | 'history'>;

/**
 * Takes one finding in: reads its issue, decides, writes the issue where it changes, starts the effects.
 * Delivered twice, late, out of order or as the echo of our own write, it changes nothing.
 * @throws ContentionError or the store's, queue's or Security Hub's error: the message is to be delivered again
 */
export async function takeIn(
  received: Finding,
  intake: Intake,
  { confirmed = false, sent }: Arrival = {},
): Promise<Taken> {
  const finding = received.product === 'guardduty' ? await intake.identities.settle(received) : received;
  const region = issueRegion(finding, intake.catalogue);
  const key = issueKeyOf({ ...finding, region });
  const known: Asked = confirmed ? { fetched: finding } : {};
  let asked = known;
  let issue = await intake.issues.load(key);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const decision = decide({
      finding,
      region,
      issue,
      treat: (severity) => treatmentOf(finding, severity, intake),
      now: intake.now(),
      sent,
      ...asked,
    });
    if (decision.ask === 'finding') {
      asked = { ...asked, fetched: (await intake.hub.finding(finding)) ?? 'gone' };
      continue;
    }
    if (decision.ask === 'history') {
      asked = { ...asked, history: await intake.hub.workflowHistory(finding) };
      continue;
    }
    const { next } = decision;
    const taken: Taken = { outcome: decision.outcome, issue: key };
    if (next === undefined) return taken;
    // Told before the issue is written: afterwards a redelivery would look unchanged and tell nobody.
    if (decision.unchecked) await noticeUnchecked(finding, intake);
    // Before the issue, so that whoever walks over all issues misses none, and a flood is seen by its first card.
    if (issue === undefined) await intake.known.note(key.request, intake.now().toISOString());
    if (opens(issue, next)) await intake.flow.note(finding.account, intake.now());
    const written =
      issue === undefined
        ? await intake.issues.create(next)
        : await intake.issues.replace({ ...next, version: issue.version + 1 }, issue.version);
    if (written) {
      await emitEffects({ ...next, version: (issue?.version ?? 0) + 1 }, intake);
      return taken;
    }
    issue = await intake.issues.load(key);
    asked = known;
  }
  throw new ContentionError(`issue moved under ${TRIES} attempts: ${finding.key}`);
}

/** True when this write asks people about what they were not asked about before. */
function opens(before: Issue | undefined, after: Issue): boolean {
  return isOpen(after) && (before === undefined || !isOpen(before));
}
