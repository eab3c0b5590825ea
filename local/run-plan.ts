import { SettingsError } from '../src/settings';
import type { ServiceName } from './embedded';

/** What of the outside is real in this run, and what is embedded. */
export interface RunPlan {
  readonly slack: 'real' | 'embedded';
  /** Findings queue and Security Hub go together: what comes in is written back where it came from. */
  readonly findings: 'real' | 'embedded';
  readonly table: 'real' | 'embedded';
  readonly queues: 'real' | 'embedded';
  readonly bucket: 'real' | 'embedded';
  /** The servers that the child process has to run. */
  readonly services: readonly ServiceName[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that only make sense together, and what to do when one is missing. */
const TOGETHER: readonly { readonly names: readonly string[]; readonly advice: string }[] = [
  {
    names: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    advice:
      'real Slack needs both tokens: the bot token (xoxb-…) from "OAuth & Permissions" and an app-level token (xapp-…) with connections:write from "Basic Information"; without either, the embedded Slack is used',
  },
  {
    names: ['WORKFLOW_QUEUE_URL', 'CARDS_QUEUE_URL', 'CHANGES_QUEUE_URL'],
    advice: 'the three queues are real together; without any of them, embedded ones are used',
  },
];

/**
 * Decides from the environment what is real.
 * @throws SettingsError naming everything that is missing, with what to do
 */
export function planRun(environment: Environment): RunPlan {
  const has = (name: string) => (environment[name] ?? '') !== '';
  const problems = TOGETHER.flatMap(({ names, advice }) => {
    const missing = names.filter((name) => !has(name));
    return missing.length === 0 || missing.length === names.length
      ? []
      : [`${missing.join(', ')} missing beside ${names.filter(has).join(', ')}: ${advice}`];
  });
  const real = (name: string) => (has(name) ? 'real' : 'embedded');
  const plan = {
    slack: real('SLACK_BOT_TOKEN'),
    findings: real('FINDINGS_QUEUE_URL'),
    table: real('TABLE_NAME'),
    queues: real('CARDS_QUEUE_URL'),
    bucket: real('DATA_BUCKET'),
  } as const;
  const aws = [plan.findings, plan.table, plan.queues, plan.bucket].includes('real');
  if (aws && !has('AWS_REGION')) {
    problems.push(
      'AWS_REGION missing: name the region of the queue, the one in which Security Hub is aggregated',
    );
  }
  if (plan.slack === 'real') {
    for (const name of ['DEFAULT_CHANNEL_ID', 'SECURITY_CHANNEL_ID'].filter((wanted) => !has(wanted))) {
      problems.push(`${name} missing: the id (C…) of a channel that the bot has been invited to`);
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
  const services: ServiceName[] = [];
  // One process runs all three; what of them is real is simply not used.
  if ([plan.table, plan.queues, plan.bucket, plan.findings].includes('embedded')) {
    services.push('dynamodb', 'sqs', 's3');
  }
  if (plan.findings === 'embedded') services.push('aws');
  if (plan.slack === 'embedded') services.push('slack');
  return { ...plan, services };
}

/** One line each: what is embedded and what is real. */
export function describePlan(
  plan: RunPlan,
  details: { readonly slack?: string; readonly hub?: string },
): string[] {
  const state = (kind: 'real' | 'embedded', what: string) =>
    kind === 'real' ? `REAL${what === '' ? '' : ` (${what})`}` : 'embedded stand-in';
  return [
    `Slack         ${state(plan.slack, details.slack ?? '')}`,
    `Security Hub  ${state(plan.findings, details.hub ?? '')}, and the findings queue with it`,
    `table         ${plan.table === 'real' ? 'REAL DynamoDB' : 'embedded DynamoDB, kept on disk'}`,
    `queues        ${plan.queues === 'real' ? 'REAL SQS' : 'embedded SQS, in memory'}`,
    `bucket        ${plan.bucket === 'real' ? 'REAL S3' : 'embedded S3, in memory'}`,
    ...(plan.table === 'real'
      ? []
      : ['archive       none: the embedded DynamoDB has no streams to copy from']),
  ];
}
