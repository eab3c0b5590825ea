import {
  GetSecretValueCommand,
  type GetSecretValueCommandOutput,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Log } from '../log';

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
   * @param demand `newest`: as it is now, unless somebody has asked for that in the last seconds
   * @throws an error that says what to write into the secret, and nothing of what is written there
   */
  read(demand?: 'newest'): Promise<SlackSecret>;
}

/** How long a secret is kept in memory. */
const KEPT_MS = 5 * 60_000;
/**
 * Anybody may send a request with a wrong signature: that must not become a call of AWS each. Nor may it hide a new secret
 * for long, since what Slack has signed with it is refused meanwhile.
 */
const ASKED_AGAIN_MS = 5_000;
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

/** What was read, and when; `rotated` has the signing secret before it too, and counts until the overlap ends. */
interface Known {
  readonly at: number;
  readonly current: SlackSecret;
  readonly rotated?: SlackSecret;
  readonly overlapEnds: number;
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
  warn: Log['warn'],
): SlackSecretSource {
  let known: Known | undefined;
  let asked = Number.NEGATIVE_INFINITY;

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

  const ask = async (at: number): Promise<Known> => {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    const current = readValue(answer);
    if (current === undefined) {
      throw new Error(
        `The secret ${arn} cannot be used: write {"botToken": "xoxb-…", "signingSecret": "…"} as its value`,
      );
    }
    const overlapEnds = (answer.CreatedDate?.getTime() ?? 0) + OVERLAP_MS;
    const before = at < overlapEnds ? await previous() : undefined;
    const differs = before !== undefined && before !== current.signingSecret;
    return {
      at,
      current,
      ...(differs && { rotated: { ...current, previousSigningSecret: before } }),
      overlapEnds,
    };
  };

  return {
    async read(demand) {
      const at = now().getTime();
      const isNewEnough =
        known && (demand === 'newest' ? at - asked < ASKED_AGAIN_MS : at - known.at < KEPT_MS);
      if (!known || !isNewEnough) {
        if (demand === 'newest') asked = at;
        try {
          known = await ask(at);
        } catch (error) {
          if (!known) throw error;
          warn("Slack's secret could not be read again; the bot goes on with what it knows", { error });
          known = { ...known, at };
        }
      }
      // Even one that cannot be read again forgets the secret before it.
      return (at < known.overlapEnds && known.rotated) || known.current;
    },
  };
}
