import {
  GetSecretValueCommand,
  type GetSecretValueCommandOutput,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

/** What Slack and the bot know of each other. */
export interface SlackSecret {
  readonly botToken: string;
  readonly signingSecret: string;
  /** The signing secret before it, while requests signed with it may still come. */
  readonly previousSigningSecret?: string;
}

export interface SlackSecretSource {
  /**
   * The secret as it was read at most five minutes ago.
   * @param demand `newest`: as it is now, unless it was read less than half a minute ago
   * @throws an error that says what to write into the secret, and nothing of what is written there
   */
  read(demand?: 'newest'): Promise<SlackSecret>;
}

/** How long a secret is kept in memory. */
const KEPT_MS = 5 * 60_000;
/** Anybody may send a request with a wrong signature: that must not become a call of AWS each. */
const ASKED_AGAIN_MS = 30_000;
/** How long after a change the signing secret before it is accepted. */
const OVERLAP_MS = 24 * 60 * 60_000;

const Value = z.object({ botToken: z.string().startsWith('xoxb-'), signingSecret: z.string().min(1) });

/** Undefined when it is something else, as the value is with which the stack makes the secret. */
function readValue({ SecretString }: GetSecretValueCommandOutput): z.infer<typeof Value> | undefined {
  try {
    return Value.safeParse(JSON.parse(SecretString ?? '')).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * When the value that is in force was put there: `DescribeSecret` would tell of a changed tag or description as well, and
 * ask for a right of its own.
 */
export async function slackSecretChangedAt(
  client: SecretsManagerClient,
  arn: string,
): Promise<Date | undefined> {
  return (await client.send(new GetSecretValueCommand({ SecretId: arn }))).CreatedDate;
}

/**
 * Slack's token and signing secret from one secret of Secrets Manager. Putting a new value is enough to rotate: Secrets
 * Manager keeps the value before it.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
 */
export function slackSecretSource(
  client: SecretsManagerClient,
  arn: string,
  now: () => Date,
  warn: (message: string, details: Record<string, unknown>) => void,
): SlackSecretSource {
  let known: { readonly secret: SlackSecret; readonly at: number } | undefined;

  const previous = async (): Promise<string | undefined> => {
    try {
      const answer = await client.send(
        new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSPREVIOUS' }),
      );
      return readValue(answer)?.signingSecret;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };

  const ask = async (at: number): Promise<SlackSecret> => {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    const current = readValue(answer);
    if (current === undefined) {
      throw new Error(
        `The secret ${arn} cannot be used: write {"botToken": "xoxb-…", "signingSecret": "…"} as its value`,
      );
    }
    const changedAt = answer.CreatedDate?.getTime() ?? 0;
    const before = at - changedAt < OVERLAP_MS ? await previous() : undefined;
    return {
      ...current,
      ...(before !== undefined && before !== current.signingSecret && { previousSigningSecret: before }),
    };
  };

  return {
    async read(demand) {
      const at = now().getTime();
      if (known && at - known.at < (demand === 'newest' ? ASKED_AGAIN_MS : KEPT_MS)) return known.secret;
      try {
        known = { secret: await ask(at), at };
      } catch (error) {
        if (!known) throw error;
        warn("Slack's secret could not be read again; the bot goes on with what it knows", { error });
        known = { ...known, at };
      }
      return known.secret;
    },
  };
}
