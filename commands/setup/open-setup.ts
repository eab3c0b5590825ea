import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { STSClient } from '@aws-sdk/client-sts';
import { accountId, loadAccounts, tableAccounts } from '../../src/accounts';
import {
  callerIdentity,
  callSpacing,
  type HubReader,
  type HubWriter,
  hubAccess,
  hubReader,
  hubWriter,
} from '../../src/aws';
import { loadCatalogue } from '../../src/controls';
import {
  deliveredSince,
  lastFinding,
  readSetup,
  type SetupAccount,
  type SetupReading,
  unwantedControls,
} from '../../src/hub-setup';
import { loadPolicy, tablePolicies } from '../../src/policy';
import { tableReconcileRuns } from '../../src/reconcile';
import { tableIssues, tableKnown } from '../../src/requests';
import {
  type AwsReach,
  type DataAccess,
  dataAccess,
  NoBotError,
  type Purpose,
  reachFor,
} from '../data-access';
import { progressBar } from '../progress-bar';
import { commandClock } from '../scores/command-clock';
import type { WhichBot } from '../which-bot';

/** What was typed. */
export interface SetupOptions {
  /** Further Regions to look at and to link. */
  readonly regions: readonly string[];
  /** A role in every member account, other than the bot's own. */
  readonly role: string | undefined;
}

/** Security Hub as the caller's credentials reach it. */
export interface OpenSetup {
  readonly reader: HubReader;
  readonly writer: HubWriter;
  /** Whether `role` was named: only such a role may change something in member accounts. */
  readonly mayChangeMembers: boolean;
  readonly now: () => Date;
  /** Reads how everything is set up, under a progress bar. */
  read(): Promise<SetupReading>;
}

/** Set-up comes before the bot: without one, accounts and policy are those of the files. */
async function accessTo(bot: WhichBot): Promise<DataAccess | undefined> {
  try {
    return await dataAccess(bot, 'read');
  } catch (error) {
    if (error instanceof NoBotError) return undefined;
    throw error;
  }
}

const DEFAULTS = { kind: 'production', mode: 'observe' } as const;

async function registered(
  access: DataAccess | undefined,
  configDir: string,
): Promise<readonly SetupAccount[]> {
  const stored = access === undefined ? [] : await tableAccounts(access.table).all();
  // Reading the register would import the file into an empty one.
  const accounts =
    stored.length > 0 ? stored : loadAccounts(join(configDir, 'accounts.yml'), DEFAULTS).list();
  return accounts
    .filter(({ status }) => status !== 'closed')
    .map(({ id, mail }) => ({ id, ...(mail !== undefined && { mail }) }));
}

const PATIENT = { maxAttempts: 8, retryMode: 'adaptive' } as const;

/** Whose credentials do what. */
interface Reach {
  readonly reading: AwsReach;
  /** What changes something in the hub's own account. */
  readonly changing: AwsReach;
  /** What assumes a role in member accounts. */
  readonly members: AwsReach;
}

/**
 * With a deployed bot, its reader's role reads, also in member accounts, and its operator's role changes. A role in member
 * accounts that a person has named is assumed with that person's own credentials: the stack has no right to it.
 */
async function reachOf(
  access: DataAccess | undefined,
  { role }: SetupOptions,
  purpose: Purpose,
): Promise<Reach> {
  const reading = access?.aws ?? {};
  const deployed = access?.deployed;
  if (deployed === undefined) return { reading, changing: reading, members: reading };
  return {
    reading,
    changing: purpose === 'read' ? reading : await reachFor(purpose, deployed),
    members: role === undefined ? reading : {},
  };
}

/** @param purpose `read` where nothing is going to be applied */
export async function openSetup(options: SetupOptions, bot: WhichBot, purpose: Purpose): Promise<OpenSetup> {
  const { regions, role } = options;
  // First: it says where the bot's data files are.
  const access = await accessTo(bot);
  const configDir = process.env['CONFIG_DIR'] || join(__dirname, '..', '..', 'config');
  const now = await commandClock(access?.run);
  const { reading, changing, members } = await reachOf(access, options, purpose);
  const sts = new STSClient({ ...members, maxAttempts: 8 });
  const securityHub = new SecurityHubClient({ ...reading, ...PATIENT });
  const hub = accountId((await callerIdentity(new STSClient(reading))()).account);
  if (hub === undefined) throw new Error('STS has answered with no account');
  const member = {
    roleName: role ?? (process.env['MEMBER_ROLE_NAME'] || 'SecOpsBotMember'),
    externalId: role === undefined ? process.env['MEMBER_EXTERNAL_ID'] || undefined : undefined,
    ...(role !== undefined && { foreign: true as const }),
  };
  const spacing = callSpacing({ now: () => new Date(), pause: (ms) => pause(ms) });
  const name = access?.deployed?.operator;
  const reach = { hub, role: member, now: () => new Date(), spacing, name };
  const reader = hubReader(
    hubAccess(sts, securityHub, reach),
    new OrganizationsClient({ ...reading, ...PATIENT }),
  );
  const writer = hubWriter(hubAccess(sts, new SecurityHubClient({ ...changing, ...PATIENT }), reach));

  const catalogue = loadCatalogue(configDir);
  const file = loadPolicy(join(configDir, 'policy.yml'), catalogue);
  const warn = (message: string) => console.error(`! ${message}`);
  const policies = access && tablePolicies(access.table, file, catalogue, now, warn);
  await policies?.refresh();

  return {
    reader,
    writer,
    mayChangeMembers: role !== undefined,
    now,
    async read() {
      const accounts = (await registered(access, configDir)).filter(({ id }) => id !== hub);
      const bar = progressBar('reading Security Hub');
      bar.start(0, 0);
      try {
        return await readSetup(
          {
            hub,
            home: await securityHub.config.region(),
            regions,
            accounts,
            unwanted: unwantedControls(policies?.current().file ?? file, catalogue),
            lastSeen: async () => {
              if (access === undefined) throw new NoBotError('no bot runs here, and none was named');
              const { table } = access;
              const comparison = await tableReconcileRuns(table).load('run');
              return lastFinding(
                { known: tableKnown(table), issues: tableIssues(table), comparison },
                deliveredSince(now()),
              );
            },
          },
          reader,
          (done, total) => {
            bar.setTotal(total);
            bar.update(done);
          },
        );
      } finally {
        bar.stop();
      }
    },
  };
}
