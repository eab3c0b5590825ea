import type { AccountId } from '../accounts';
import type { HubReader, HubWriter, UnprocessedMember } from '../aws';
import { isMember, isUnnamed } from './membership';
import type { Step } from './plan-setup';
import { standardArn, standardStatus } from './standard';
import { why } from './why';

/** What came of a step. */
export interface StepOutcome {
  readonly step: Step;
  /** `already`: somebody, or an earlier try, had done it. */
  readonly outcome: 'done' | 'already' | 'failed';
  /** Why it could not be done, as a whole or for some of its accounts. */
  readonly why?: string;
}

interface Gateways {
  readonly hub: AccountId;
  readonly reader: HubReader;
  readonly writer: HubWriter;
}

/** Accounts that are worked on at the same time; Security Hub's limits are each account's own. */
const PARALLEL = 8;

/**
 * Does what is planned: first in the hub's account, then account by account. Before each step it looks whether there is
 * still something to do, so that a run can be broken off and begun again; a step that fails does not stop the others.
 * @param told called after each step
 */
export async function applyPlan(
  steps: readonly Step[],
  gateways: Gateways,
  told: (outcome: StepOutcome) => void,
): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  const run = async (some: readonly Step[]) => {
    for (const step of some) {
      const outcome = await take(step, gateways);
      outcomes.push(outcome);
      told(outcome);
    }
  };
  const own: Step[] = [];
  const theirs = new Map<AccountId, Step[]>();
  for (const step of steps) {
    const account = 'place' in step ? step.place.account : gateways.hub;
    if (account === gateways.hub) own.push(step);
    else theirs.set(account, [...(theirs.get(account) ?? []), step]);
  }
  await run(own);
  const groups = [...theirs.values()];
  for (let from = 0; from < groups.length; from += PARALLEL) {
    await Promise.all(groups.slice(from, from + PARALLEL).map(run));
  }
  return outcomes;
}

async function take(step: Step, gateways: Gateways): Promise<StepOutcome> {
  try {
    if (await isDone(step, gateways)) return { step, outcome: 'already' };
  } catch (error) {
    return { step, outcome: 'failed', why: why(error) };
  }
  try {
    const left = await act(step, gateways);
    if (left.length === 0) return { step, outcome: 'done' };
    const named = left.map(({ account, why: reason }) => `${account}: ${reason}`);
    return { step, outcome: 'failed', why: named.join('; ') };
  } catch (error) {
    // The answer may have got lost, and the repeated call been refused because it was done already.
    const done = await isDone(step, gateways).catch(() => false);
    return done ? { step, outcome: 'done' } : { step, outcome: 'failed', why: why(error) };
  }
}

async function isDone(step: Step, { hub, reader }: Gateways): Promise<boolean> {
  switch (step.kind) {
    case 'enable-hub':
      return (await reader.settings(step.place)) !== undefined;
    case 'consolidate':
      return (await reader.settings(step.place))?.format === 'consolidated';
    case 'enable-standard':
      return standardStatus(await reader.standards(step.place)) !== undefined;
    case 'accept-invitation':
      return (await reader.administrator(step.place)) === hub;
    case 'disable-controls':
      return (await reader.controlsOn(step.place, step.controls)).length === 0;
    case 'aggregate':
      return (await reader.aggregation(step.home)) !== undefined;
    case 'link': {
      const found = await reader.aggregation(step.aggregation.home);
      return step.regions.every((region) => found?.regions.includes(region));
    }
    case 'create-members': {
      const members = await reader.members(step.region);
      return step.members.every(({ id }) => !isUnnamed(members.get(id)));
    }
    case 'invite-members': {
      const members = await reader.members(step.region);
      return step.ids.every((id) => isAsked(members.get(id)));
    }
  }
}

/** True for who has been invited, and for who is a member. */
function isAsked(status: string | undefined): boolean {
  return status === 'Invited' || isMember(status);
}

/** @returns the accounts that were left out */
async function act(step: Step, { reader, writer }: Gateways): Promise<readonly UnprocessedMember[]> {
  switch (step.kind) {
    case 'enable-hub':
      await writer.enable(step.place);
      return [];
    case 'consolidate':
      await writer.consolidate(step.place);
      return [];
    case 'enable-standard': {
      const partition = (await reader.settings(step.place))?.partition ?? 'aws';
      await writer.enableStandard(step.place, standardArn(partition, step.place.region));
      return [];
    }
    case 'accept-invitation':
      await writer.acceptInvitation(step.place);
      return [];
    case 'disable-controls': {
      await writer.disableControls(step.place, step.standards, step.controls);
      const on = await reader.controlsOn(step.place, step.controls);
      return on.length === 0 ? [] : [{ account: step.place.account, why: `still on: ${on.join(', ')}` }];
    }
    case 'aggregate':
      await writer.aggregate(step.home, step.regions);
      return [];
    case 'link':
      await writer.link(step.aggregation, step.regions);
      return [];
    case 'create-members': {
      const members = await reader.members(step.region);
      return writer.createMembers(
        step.region,
        step.members.filter(({ id }) => isUnnamed(members.get(id))),
      );
    }
    case 'invite-members': {
      const members = await reader.members(step.region);
      return writer.inviteMembers(
        step.region,
        step.ids.filter((id) => !isAsked(members.get(id))),
      );
    }
  }
}
