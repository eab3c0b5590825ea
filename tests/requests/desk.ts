import type { Bot } from '../../handlers/composition';
import { type Finding, readFindings } from '../../src/findings';
import type { CardMessage, ChangeMessage, Queues, WorkflowMessage } from '../../src/queues';
import { type Issue, issueKeyOf, moveIssue, type RequestKey, type Taken, takeIn } from '../../src/requests';
import { type AsffDocument, asff, type ControlFinding } from '../fixtures/findings';
import { openSpine, type Spine, type SpineOptions } from '../setup/spine';

/** Queues that keep what is put on them. */
export interface Kept extends Queues {
  readonly cards: CardMessage[];
  readonly workflows: WorkflowMessage[];
  readonly changes: ChangeMessage[];
}

export function keptQueues(): Kept {
  const [cards, workflows, changes]: [CardMessage[], WorkflowMessage[], ChangeMessage[]] = [[], [], []];
  return {
    cards,
    workflows,
    changes,
    card: async (message) => void cards.push(message),
    workflow: async (message) => void workflows.push(message),
    change: async (message) => void changes.push(message),
  };
}

/** The bot on a real table and a Security Hub stand-in; its queues are kept instead of served. */
export interface Desk {
  readonly spine: Spine;
  readonly bot: Bot;
  readonly queues: Kept;
  /** Puts a finding into Security Hub, and gives it as the bot reads it. */
  held(about?: ControlFinding): Promise<Finding>;
  hold(abouts: readonly ControlFinding[]): Promise<readonly Finding[]>;
  take(finding: Finding): Promise<Taken['outcome']>;
  /** The issue of a finding as it is stored. */
  issueOf(finding: Finding): Promise<Issue>;
  /** Has an open issue suppressed by an exception, as far as the records go. */
  suppressing(finding: Finding): Promise<Issue>;
  close(): Promise<void>;
}

export const EC2_19: RequestKey = {
  account: '111122223333' as RequestKey['account'],
  kind: 'control',
  subject: 'ec2.19',
};

export const group = (n: number): string => `arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-${n}`;

export async function openDesk(options: SpineOptions = {}): Promise<Desk> {
  const spine = await openSpine(options);
  const queues = keptQueues();
  const bot = spine.composeWith({ queues });
  const { issues } = bot.intake;
  const read = (document: AsffDocument): Finding => {
    const [finding] = readFindings(JSON.stringify(document), bot.config.catalogue).findings;
    if (finding === undefined) throw new Error('the fixture cannot be read');
    return finding;
  };
  const hold = async (abouts: readonly ControlFinding[]): Promise<readonly Finding[]> => {
    const documents = abouts.map((about) => asff({ updatedAt: '2026-11-24T00:00:00.000Z', ...about }));
    await spine.hub.putFindings(documents as never);
    return documents.map(read);
  };
  const issueOf = async (finding: Finding): Promise<Issue> => {
    const issue = await issues.load(issueKeyOf(finding));
    if (issue === undefined) throw new Error(`no issue of ${finding.resource.id}`);
    return issue;
  };
  return {
    spine,
    bot,
    queues,
    async held(about = {}) {
      const [finding] = await hold([about]);
      return finding as Finding;
    },
    hold,
    take: async (finding) => (await takeIn(finding, bot.intake)).outcome,
    issueOf,
    async suppressing(finding) {
      const issue = await issueOf(finding);
      const cause = {
        by: 'exception',
        change: 'change-1',
        who: 'U0OWNER1' as never,
        name: 'Owner',
        reason: 'Needed until the migration is over.',
        until: '2026-12-24T00:00:00.000Z',
      } as const;
      const next = {
        ...moveIssue(issue, 'suppressing', bot.intake.now(), { cause }),
        version: issue.version + 1,
      };
      if (!(await issues.replace(next, issue.version))) throw new Error('the issue has moved');
      return next;
    },
    close: () => spine.close(),
  };
}
