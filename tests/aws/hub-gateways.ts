import { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { AccountId } from '../../src/accounts';
import { callSpacing, type HubReader, type HubWriter, hubAccess, hubReader, hubWriter } from '../../src/aws';
import type { StandIn } from '../local/aws/stand-in';

export const HUB = '999999999999' as AccountId;

export interface Clock {
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
}

/** A clock that pauses move. */
export function pausingClock(): Clock {
  let time = Date.parse('2026-11-24T01:00:00Z');
  return {
    now: () => new Date(time),
    pause: async (ms) => {
      time += ms;
    },
  };
}

/** The gateways to a stand-in. @param foreign a role that is not the bot's own */
export function gatewaysTo(
  aws: StandIn,
  clock: Clock,
  foreign?: string,
): { readonly reader: HubReader; readonly writer: HubWriter } {
  const role = {
    roleName: foreign ?? 'SecOpsBotMember',
    externalId: undefined,
    ...(foreign !== undefined && { foreign: true as const }),
  };
  const access = hubAccess(aws.sts, aws.hub, { hub: HUB, role, now: clock.now, spacing: callSpacing(clock) });
  const organizations = new OrganizationsClient({
    endpoint: aws.url,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return { reader: hubReader(access, organizations), writer: hubWriter(access) };
}
