import {
  AcceptAdministratorInvitationCommand,
  BatchEnableStandardsCommand,
  BatchUpdateStandardsControlAssociationsCommand,
  CreateFindingAggregatorCommand,
  CreateMembersCommand,
  EnableSecurityHubCommand,
  InviteMembersCommand,
  ListInvitationsCommand,
  UpdateFindingAggregatorCommand,
  UpdateSecurityHubConfigurationCommand,
} from '@aws-sdk/client-securityhub';
import type { AccountId } from '../accounts';
import type { ControlId } from '../controls';
import type { HubAccess, HubPlace } from './hub-access';
import type { FindingAggregation } from './hub-reader';
import { AwsRefused } from './refusal';

/** An account that was left out of a call for several, and why. */
export interface UnprocessedMember {
  readonly account: string;
  readonly why: string;
}

/** What setting Security Hub up changes. Every method throws as those of HubReader do. */
export interface HubWriter {
  /** Turns Security Hub on with one finding a check, and no standard yet. */
  enable(place: HubPlace): Promise<void>;
  /** From now on one finding a check. AWS replaces all findings of controls within 18 hours. */
  consolidate(place: HubPlace): Promise<void>;
  /** Brings the findings of these Regions together in a home Region; of all Regions, when none are named. */
  aggregate(home: string, regions: readonly string[]): Promise<void>;
  /** Sets the linked Regions of an aggregation that names them. */
  link(aggregation: FindingAggregation, regions: readonly string[]): Promise<void>;
  enableStandard(place: HubPlace, arn: string): Promise<void>;
  /**
   * Turns controls off in these standards; what is not in one of them, or cannot be turned off yet, stays as it is.
   * @param standards ARNs
   */
  disableControls(
    place: HubPlace,
    standards: readonly string[],
    controls: readonly ControlId[],
  ): Promise<void>;
  /** Names at most 50 accounts as members. Without an organization AWS asks for their mail addresses. */
  createMembers(
    region: string,
    members: readonly { readonly id: AccountId; readonly mail?: string }[],
  ): Promise<readonly UnprocessedMember[]>;
  /** Invites at most 50 members. */
  inviteMembers(region: string, ids: readonly AccountId[]): Promise<readonly UnprocessedMember[]>;
  /** @throws AwsRefused with `NoInvitation` when the administrator has not invited the account */
  acceptInvitation(place: HubPlace): Promise<void>;
}

/** BatchEnableStandards takes one call a second, with no burst. */
const STANDARDS = { kind: 'BatchEnableStandards', spaceMs: 1_050 } as const;

const UPDATES_PER_CALL = 100;
/** Stands beside the control in the console. */
const REASON = 'Ignored by the policy of secops-bot';

interface Unprocessed {
  readonly AccountId?: string | undefined;
  readonly ProcessingResult?: string | undefined;
}

function unprocessed(accounts: readonly Unprocessed[] | undefined): readonly UnprocessedMember[] {
  return (accounts ?? []).map(({ AccountId, ProcessingResult }) => ({
    account: AccountId ?? '',
    why: ProcessingResult ?? 'no reason given',
  }));
}

export function hubWriter({ hub, ask }: HubAccess): HubWriter {
  return {
    async enable(place) {
      await ask(place, (client) =>
        client.send(
          new EnableSecurityHubCommand({
            EnableDefaultStandards: false,
            ControlFindingGenerator: 'SECURITY_CONTROL',
          }),
        ),
      );
    },
    async consolidate(place) {
      await ask(place, (client) =>
        client.send(
          new UpdateSecurityHubConfigurationCommand({ ControlFindingGenerator: 'SECURITY_CONTROL' }),
        ),
      );
    },
    async aggregate(home, regions) {
      const linking =
        regions.length === 0
          ? { RegionLinkingMode: 'ALL_REGIONS' }
          : { RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: [...regions] };
      await ask({ account: hub, region: home }, (client) =>
        client.send(new CreateFindingAggregatorCommand(linking)),
      );
    },
    async link({ arn, home }, regions) {
      await ask({ account: hub, region: home }, (client) =>
        client.send(
          new UpdateFindingAggregatorCommand({
            FindingAggregatorArn: arn,
            RegionLinkingMode: 'SPECIFIED_REGIONS',
            Regions: [...regions],
          }),
        ),
      );
    },
    async enableStandard(place, arn) {
      await ask(
        place,
        (client) =>
          client.send(
            new BatchEnableStandardsCommand({ StandardsSubscriptionRequests: [{ StandardsArn: arn }] }),
          ),
        STANDARDS,
      );
    },
    async disableControls(place, standards, controls) {
      const updates = standards.flatMap((StandardsArn) =>
        controls.map((SecurityControlId) => ({
          StandardsArn,
          SecurityControlId,
          AssociationStatus: 'DISABLED' as const,
          UpdatedReason: REASON,
        })),
      );
      for (let from = 0; from < updates.length; from += UPDATES_PER_CALL) {
        const some = updates.slice(from, from + UPDATES_PER_CALL);
        await ask(place, (client) =>
          client.send(
            new BatchUpdateStandardsControlAssociationsCommand({ StandardsControlAssociationUpdates: some }),
          ),
        );
      }
    },
    async createMembers(region, members) {
      const answer = await ask({ account: hub, region }, (client) =>
        client.send(
          new CreateMembersCommand({
            AccountDetails: members.map(({ id, mail }) => ({
              AccountId: id,
              ...(mail !== undefined && { Email: mail }),
            })),
          }),
        ),
      );
      return unprocessed(answer.UnprocessedAccounts);
    },
    async inviteMembers(region, ids) {
      const answer = await ask({ account: hub, region }, (client) =>
        client.send(new InviteMembersCommand({ AccountIds: [...ids] })),
      );
      return unprocessed(answer.UnprocessedAccounts);
    },
    async acceptInvitation(place) {
      const { Invitations = [] } = await ask(place, (client) => client.send(new ListInvitationsCommand({})));
      const id = Invitations.find(({ AccountId }) => AccountId === hub)?.InvitationId;
      if (id === undefined) throw new AwsRefused('NoInvitation', {});
      await ask(place, (client) =>
        client.send(new AcceptAdministratorInvitationCommand({ AdministratorId: hub, InvitationId: id })),
      );
    },
  };
}
