import * as z from 'zod';
import { MODES, type Principal, principal } from '../accounts';
import { LANGUAGES } from '../playbooks';

/** Settings that are wrong or missing, all of them at once, each with what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const text = (what: string) => z.string({ error: `is missing: ${what}` }).min(1, `is empty: ${what}`);
const principals = (what: string) =>
  z
    .string()
    .default('')
    .transform((value, context) => {
      const found: Principal[] = [];
      for (const part of value.split(/[\s,]+/u).filter(Boolean)) {
        const id = principal(part);
        if (id) found.push(id);
        else {
          context.addIssue({
            code: 'custom',
            message: `"${part}" is not a Slack user (U…) or user group (S…) id; ${what}`,
          });
        }
      }
      return found;
    });
const channel = (what: string) =>
  text(what).regex(
    /^[CG][A-Z0-9]{2,}$/,
    "is not a Slack channel id (C…): copy it from the channel's details in Slack",
  );

const SettingsSchema = z.object({
  TABLE_NAME: text('the DynamoDB table that the stack made'),
  FINDINGS_QUEUE_URL: text('the URL of the queue that EventBridge sends findings to'),
  WORKFLOW_QUEUE_URL: text('the URL of the workflow queue'),
  CARDS_QUEUE_URL: text('the URL of the cards queue (FIFO)'),
  CHANGES_QUEUE_URL: text('the URL of the changes queue (FIFO)'),
  DATA_BUCKET: text('the S3 bucket that the stack made'),
  SLACK_BOT_TOKEN: text('the bot token (xoxb-…) of the Slack app').startsWith(
    'xoxb-',
    'is not a bot token: it begins with xoxb-',
  ),
  SLACK_TEAM_ID: text('the workspace id (T…)').regex(/^[TE][A-Z0-9]+$/, 'is not a workspace id (T…)'),
  SLACK_BOT_ID: text('the bot id (B…), as auth.test answers'),
  SLACK_BOT_USER_ID: text("the bot's user id (U…), as auth.test answers"),
  SLACK_SIGNING_SECRET: z.string().min(1).optional(),
  SLACK_PREVIOUS_SIGNING_SECRET: z.string().min(1).optional(),
  SLACK_SECRET_ARN: z.string().startsWith('arn:', 'is not the ARN of a secret of Secrets Manager').optional(),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', 'is not an app-level token: it begins with xapp-')
    .optional(),
  SLACK_API_URL: z.url().endsWith('/', 'must end with a slash').optional(),
  SECURITY_ANALYSTS: principals('name the user group of the security analysts'),
  SECURITY_LEADS: principals('name the user group of the security leads'),
  DEFAULT_CHANNEL_ID: channel('the channel for requests of accounts that name none'),
  SECURITY_CHANNEL_ID: channel('the channel of the security team'),
  RANKING_CHANNEL_ID: channel('the channel of the weekly ranking').optional(),
  MEMBER_ROLE_NAME: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/, 'is not the name of a role: write its name, not its ARN')
    .default('SecOpsBotMember'),
  MEMBER_EXTERNAL_ID: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'is not an external id: 2 to 1224 letters, digits and +=,.@:/-')
    .optional(),
  DEFAULT_LANG: z.enum(LANGUAGES, 'must be ja or en').default('ja'),
  TIME_ZONE: z
    .string()
    .default('Asia/Tokyo')
    .refine(isTimeZone, 'is not a time zone name such as Asia/Tokyo'),
  UNKNOWN_ACCOUNT_MODE: z.enum(MODES, 'must be observe, notify or enforce').default('observe'),
  QUIET: z.enum(['on', 'off'], 'must be on or off').default('on'),
  RECONCILE: z.enum(['on', 'off'], 'must be on or off').default('on'),
  CONFIG_DIR: z.string().min(1).default('config'),
  PLAYBOOK_OVERRIDES: z.string().min(1).optional(),
});

/** The bot's settings, as the environment gives them. README.md says what each means. */
export type Settings = z.output<typeof SettingsSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Reads the settings from environment variables.
 * @throws SettingsError naming everything that is wrong or missing; never the values of secrets
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = SettingsSchema.safeParse(given);
  if (result.success) return result.data;
  throw new SettingsError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
}
