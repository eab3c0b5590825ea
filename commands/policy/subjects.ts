import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { type FindingFilter, securityHub } from '../../src/aws';
import { type Severity, worse } from '../../src/controls';
import { type Finding, issueRegion } from '../../src/findings';
import type { Subject } from '../../src/policy';
import {
  type Issue,
  isOpen,
  issueKeyOf,
  issueRef,
  NOTE_AUTHOR,
  requestRef,
  tableIssues,
  tableKnown,
} from '../../src/requests';
import { progressBar } from '../progress-bar';
import type { OpenPolicies } from './open-policies';

/** What a policy is held against. */
export interface Subjects {
  readonly subjects: readonly Subject[];
  /** Failing issues that no policy moves: people have suppressed them, or sent them by hand. */
  readonly kept: number;
}

const PARALLEL = 8;

type About = Pick<Issue, 'account' | 'control' | 'product' | 'region' | 'resource'>;

function subjectOf(about: About, severity: Severity, { catalogue, accounts }: OpenPolicies): Subject {
  return {
    control: about.control,
    product: about.product,
    severity,
    category: catalogue.find(about.control)?.category,
    account: about.account,
    kind: accounts(about.account).kind,
    region: about.region,
    tags: about.resource.tags,
  };
}

function standing(issue: Issue): 'policy' | 'people' | 'past' {
  const suppressed = issue.state === 'suppressing' || issue.state === 'suppressed';
  if (suppressed) return issue.cause?.by === 'policy' ? 'policy' : 'people';
  if (isOpen(issue)) return issue.sentAt === undefined ? 'policy' : 'people';
  return issue.state === 'left' || issue.state === 'held' ? 'policy' : 'past';
}

/** Every failing issue that the bot knows. */
export async function subjectsOfTable(policies: OpenPolicies): Promise<Subjects> {
  const { table } = policies.access;
  const [known, issues] = [tableKnown(table), tableIssues(table)];
  const accounts = await known.accounts();
  const requests = (await Promise.all(accounts.map(({ account }) => known.requestsOf(account)))).flat();
  const subjects: Subject[] = [];
  let kept = 0;
  const bar = progressBar('reading issues');
  bar.start(requests.length, 0);
  for (let from = 0; from < requests.length; from += PARALLEL) {
    const some = await Promise.all(requests.slice(from, from + PARALLEL).map((key) => issues.of(key)));
    for (const issue of some.flat()) {
      const by = standing(issue);
      if (by === 'policy') subjects.push(subjectOf(issue, issue.severity, policies));
      if (by === 'people') kept += 1;
    }
    bar.update(Math.min(from + PARALLEL, requests.length));
  }
  bar.stop();
  return { subjects, kept };
}

/** Several findings may be one issue; it is as severe as the worst of them. */
interface Held {
  readonly about: About;
  readonly severity: Severity;
  /** Suppressed by somebody else: the bot leaves it alone. */
  readonly kept: boolean;
}

/** Every failing finding that Security Hub holds of its own controls and of GuardDuty. */
export async function subjectsOfHub(policies: OpenPolicies): Promise<Subjects> {
  const { access, catalogue } = policies;
  const hub = securityHub(
    new SecurityHubClient({ ...access.aws, maxAttempts: 5, retryMode: 'adaptive' }),
    catalogue,
    NOTE_AUTHOR,
    async () => '',
    () => undefined,
  );
  const issues = new Map<string, Held>();
  let unreadable = 0;
  let read = 0;
  const bar = progressBar('reading Security Hub');
  bar.start(0, 0);
  for (const failing of ['control', 'guardduty'] as const) {
    const filter: FindingFilter = { failing, accounts: [] };
    let token: string | undefined;
    do {
      const page = await hub.scan(filter, token);
      for (const finding of page.findings) collect(finding, issues, policies);
      unreadable += page.unreadable.length;
      read += page.findings.length;
      bar.setTotal(read);
      bar.update(read);
      token = page.next;
    } while (token !== undefined);
  }
  bar.stop();
  if (unreadable > 0) console.error(`! ${unreadable} findings cannot be read and are not counted`);
  const held = [...issues.values()];
  return {
    subjects: held
      .filter(({ kept }) => !kept)
      .map(({ about, severity }) => subjectOf(about, severity, policies)),
    kept: held.filter(({ kept }) => kept).length,
  };
}

function collect(finding: Finding, issues: Map<string, Held>, { catalogue }: OpenPolicies): void {
  if (finding.compliance !== undefined && finding.compliance !== 'FAILED') return;
  const about: About = { ...finding, region: issueRegion(finding, catalogue) };
  const key = `${requestRef(issueKeyOf(about).request)}#${issueRef(about)}`;
  const known = issues.get(key);
  const kept = finding.workflow === 'SUPPRESSED' && finding.note?.updatedBy !== NOTE_AUTHOR;
  issues.set(key, {
    about,
    severity: known ? worse(known.severity, finding.severity) : finding.severity,
    kept: kept && (known?.kept ?? true),
  });
}
