import { words } from '../../blocks/words';
import type { ChangeStatus } from '../../src/changes';
import { asff } from '../fixtures/findings';
import type { Card, Stage } from '../story/stage';

export const [OWNER, ANALYST, LEAD, MEMBER, GUEST, PARTNER] = [
  'U0OWNER1',
  'U0ANALYST',
  'U0LEAD',
  'U0MEMBER',
  'U0GUEST',
  'U0PARTNER',
] as const;
export const SECURITY = 'C0SECURITY';
export const REASON = 'Reachable from the office network only; replaced in March.';

/** HIGH: its owner may ask, and an analyst has to approve. */
export const high = asff({ control: 'S3.8', severity: 'HIGH' });
/** LOW: its owner suppresses it alone. */
export const low = asff({
  control: 'S3.5',
  severity: 'LOW',
  resource: 'arn:aws:s3:::example-a',
  resourceType: 'AwsS3Bucket',
});

interface Wish {
  readonly user?: string;
  /** The term, as the dialog's menu has it. */
  readonly days?: string;
  /** The newest one where none is named. */
  readonly card?: Card;
}

/** Fills the dialog of a card and sends it. */
export async function suppress(stage: Stage, { user = OWNER, days = '14', card }: Wish = {}): Promise<void> {
  await stage.press(user, card ?? (await stage.card()), words('ja').card.suppress);
  const sent = await stage.act(() =>
    stage.people.submit(user, { 'secops.suppress.reason': REASON, 'secops.suppress.days': days }),
  );
  if (sent.errors || sent.trouble) throw new Error(JSON.stringify(sent));
}

/** The same where somebody has to approve it; @returns what the approvers are shown. */
export async function askToSuppress(stage: Stage, wish: Wish = {}): Promise<Card> {
  await suppress(stage, wish);
  return stage.card(SECURITY);
}

/** The workflow statuses that Security Hub was told, in order. */
export async function told(stage: Stage): Promise<string[]> {
  return (await stage.hub.calls('BatchUpdateFindings')).map(
    ({ input }) => (input as { Workflow: { Status: string } }).Workflow.Status,
  );
}

/** How often Security Hub was told to suppress something. */
export async function suppressions(stage: Stage): Promise<number> {
  return (await told(stage)).filter((status) => status === 'SUPPRESSED').length;
}

/** Steps of changes of one kind about an account, oldest first, as `what who`. */
export async function steps(stage: Stage, kind: string, account = '111122223333'): Promise<string[]> {
  const { events } = await stage.bot.audit.of({ account: account as never }, { limit: 100 });
  return events
    .filter((event) => event.kind === kind)
    .map(({ what, by }) => (by === undefined ? what : `${what} ${by}`))
    .reverse();
}

/** How many changes of a kind have reached a status. */
export async function reached(
  stage: Stage,
  kind: string,
  status: ChangeStatus,
  account?: string,
): Promise<number> {
  return (await steps(stage, kind, account)).filter((step) => step.split(' ')[0] === status).length;
}

/** What was refused, as `who kind`. */
export async function denials(stage: Stage, account = '111122223333'): Promise<string[]> {
  const { events } = await stage.bot.audit.of({ account: account as never }, { limit: 100 });
  return events.filter(({ what }) => what.includes('denied')).map(({ by, kind }) => `${by} ${kind}`);
}
