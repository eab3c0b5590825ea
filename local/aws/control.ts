import * as z from 'zod';
import { type Fault, fault } from './faults';
import { type AsffFinding, asffFinding, findingIdentifier, importedFinding } from './finding';
import { type HubSetupInput, hubSetup } from './hub-setup';
import { type HubMember, hubMember } from './members';
import { type OrganizationAccount, organizationAccount } from './organization';
import { type StoredSecret, storedSecret } from './secrets';
import { type RegionControls, regionControls } from './security-controls';
import { workflowStatus } from './security-hub';
import { type DeployedStackInput, deployedStack } from './stacks';
import { type Role, role, type SignedIn, signedIn } from './sts';

/** One call that reached the stand-in. */
export interface Call {
  readonly operation: string;
  readonly input: unknown;
  /** ISO 8601. */
  readonly at: string;
  /** The caller's ARN. */
  readonly caller: string;
  /** Where it was asked. */
  readonly region: string;
  /** The person in whose name the caller's session was opened. */
  readonly sourceIdentity?: string | undefined;
  /** `lost`: done, but the answer never left. `refused`: an error was answered, named in `error`. */
  readonly outcome: 'done' | 'lost' | 'refused';
  readonly error?: string | undefined;
}

/** What a person does to a finding in the console. */
export const consoleUpdate = z.strictObject({
  finding: findingIdentifier,
  /** The person's ARN, as the finding's history will name it. */
  identity: z.string().min(1),
  status: workflowStatus,
  note: z.string().min(1).max(512).optional(),
});

export type ConsoleUpdate = z.infer<typeof consoleUpdate>;

export const controlBodies = {
  findings: z.strictObject({ findings: z.array(asffFinding).min(1) }),
  reports: z.strictObject({ findings: z.array(importedFinding).min(1) }),
  roles: z.strictObject({ roles: z.array(role) }),
  organization: z.strictObject({ accounts: z.array(organizationAccount).nullable() }),
  members: z.strictObject({ members: z.array(hubMember) }),
  setup: z.strictObject({ setup: hubSetup }),
  securityControls: z.strictObject({ regions: z.array(regionControls) }),
  secrets: z.strictObject({ secrets: z.array(storedSecret) }),
  stacks: z.strictObject({ stacks: z.array(deployedStack) }),
  callers: z.strictObject({ callers: z.array(signedIn) }),
  about: z.strictObject({ about: z.array(z.string().min(1)) }),
  clock: z.strictObject({ offsetMs: z.number().int() }),
  fault,
} as const;

const callList = z.object({
  calls: z.array(
    z.object({
      operation: z.string(),
      input: z.unknown(),
      at: z.string(),
      caller: z.string(),
      region: z.string(),
      sourceIdentity: z.string().optional(),
      outcome: z.enum(['done', 'lost', 'refused']),
      error: z.string().optional(),
    }),
  ),
});

/** The stand-in's control API, for tests, for `npm run send` and for the local page. */
export interface AwsControl {
  /** Stores findings as they are, without an event. */
  putFindings(findings: readonly AsffFinding[]): Promise<void>;
  /**
   * Takes findings in as their product reports them, with all that Security Hub does to workflow and notes; the event is
   * the caller's to send.
   * @returns what is held of them now
   */
  reportFindings(findings: readonly AsffFinding[]): Promise<readonly AsffFinding[]>;
  findings(): Promise<readonly AsffFinding[]>;
  /** A person changes a finding in the console: history names them, and an event follows. */
  updateInConsole(update: ConsoleUpdate): Promise<void>;
  /** Calls of AWS operations, oldest first; of one operation when it is named. */
  calls(operation?: string): Promise<readonly Call[]>;
  /** Calls whose input names one of these findings, by its `Id`. */
  callsAbout(ids: readonly string[]): Promise<readonly Call[]>;
  forgetCalls(): Promise<void>;
  /** Events of updates that have not reached the queue yet. */
  pendingEvents(): Promise<number>;
  /** Moves the stand-in's clock: so many milliseconds ahead of the one it was started with, or behind it. */
  moveClock(offsetMs: number): Promise<void>;
  addFault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** The roles that can be assumed from now on. */
  setRoles(roles: readonly Role[]): Promise<void>;
  /** The accounts of the organization from now on; null where there is to be none. */
  setOrganization(accounts: readonly OrganizationAccount[] | null): Promise<void>;
  /** The members of Security Hub from now on. */
  setMembers(members: readonly HubMember[]): Promise<void>;
  /** How Security Hub is set up from now on; what is not named is as it should be. */
  setHubSetup(setup: HubSetupInput): Promise<void>;
  /** How Security Hub's controls are set from now on; in accounts and Regions that are not named, all are on. */
  setSecurityControls(regions: readonly RegionControls[]): Promise<void>;
  /** The secrets of the hub's account from now on. */
  setSecrets(secrets: readonly StoredSecret[]): Promise<void>;
  /** The stacks of the hub's account from now on. */
  setStacks(stacks: readonly DeployedStackInput[]): Promise<void>;
  /** Whose access keys these are from now on. */
  setCallers(callers: readonly SignedIn[]): Promise<void>;
  /**
   * Findings, calls, faults, roles, secrets, stacks, callers, sessions and unsent events are gone, all controls on; organization and members are the
   * examples again.
   */
  reset(): Promise<void>;
}

/** @param url the address of a running stand-in */
export function awsControl(url: string): AwsControl {
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(z.object({ error: z.string() }).parse(answer).error);
    return answer;
  };
  const heldFindings = controlBodies.findings.extend({ findings: z.array(asffFinding) });
  return {
    putFindings: async (findings) => void (await ask('PUT', 'findings', { findings })),
    reportFindings: async (findings) =>
      heldFindings.parse(await ask('POST', 'reports', { findings })).findings,
    findings: async () => heldFindings.parse(await ask('GET', 'findings')).findings,
    updateInConsole: async (update) => void (await ask('POST', 'console', update)),
    calls: async (operation) => {
      const { calls } = callList.parse(await ask('GET', 'calls'));
      return calls.filter((call) => operation === undefined || call.operation === operation);
    },
    callsAbout: async (ids) => callList.parse(await ask('POST', 'calls', { about: ids })).calls,
    pendingEvents: async () => z.object({ events: z.number() }).parse(await ask('GET', 'pending')).events,
    moveClock: async (offsetMs) => void (await ask('POST', 'clock', { offsetMs })),
    forgetCalls: async () => void (await ask('DELETE', 'calls')),
    addFault: async (added) => void (await ask('POST', 'faults', added)),
    clearFaults: async () => void (await ask('DELETE', 'faults')),
    setRoles: async (roles) => void (await ask('PUT', 'roles', { roles })),
    setOrganization: async (accounts) => void (await ask('PUT', 'organization', { accounts })),
    setMembers: async (members) => void (await ask('PUT', 'members', { members })),
    setHubSetup: async (setup) => void (await ask('PUT', 'setup', { setup })),
    setSecurityControls: async (regions) => void (await ask('PUT', 'security-controls', { regions })),
    setSecrets: async (secrets) => void (await ask('PUT', 'secrets', { secrets })),
    setStacks: async (stacks) => void (await ask('PUT', 'stacks', { stacks })),
    setCallers: async (callers) => void (await ask('PUT', 'callers', { callers })),
    reset: async () => void (await ask('POST', 'reset')),
  };
}
