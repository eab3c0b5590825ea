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
import { tableIssues, tableKnown } from '../../src/requests';
import { type DataAccess, dataAccess, NoBotError } from '../data-access';
import { progressBar } from '../progress-bar';
import { commandClock } from '../scores/command-clock';

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
function bot(): DataAccess | undefined {
  try {
    return dataAccess();
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

/** The clients of the stand-in where one runs, else with the caller's own credentials. */
function clients(access: DataAccess | undefined) {
  const local = access?.run?.aws !== undefined && {
    endpoint: access.run.aws,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const settings = { ...local, maxAttempts: 8, retryMode: 'adaptive' };
  return {
    organizations: new OrganizationsClient(settings),
    securityHub: new SecurityHubClient(settings),
    sts: new STSClient({ ...local, maxAttempts: 8 }),
  };
}

export async function openSetup({ regions, role }: SetupOptions): Promise<OpenSetup> {
  // First: it says where the running bot's data files are.
  const access = bot();
  const configDir = process.env['CONFIG_DIR'] || join(__dirname, '..', '..', 'config');
  const now = await commandClock(access?.run);
  const { organizations, securityHub, sts } = clients(access);
  const hub = accountId((await callerIdentity(sts)()).account);
  if (hub === undefined) throw new Error('STS has answered with no account');
  const member = {
    roleName: role ?? (process.env['MEMBER_ROLE_NAME'] || 'SecOpsBotMember'),
    externalId: role === undefined ? process.env['MEMBER_EXTERNAL_ID'] || undefined : undefined,
    ...(role !== undefined && { foreign: true as const }),
  };
  const spacing = callSpacing({ now: () => new Date(), pause: (ms) => pause(ms) });
  const hubReach = hubAccess(sts, securityHub, { hub, role: member, now: () => new Date(), spacing });
  const reader = hubReader(hubReach, organizations);

  const catalogue = loadCatalogue(configDir);
  const file = loadPolicy(join(configDir, 'policy.yml'), catalogue);
  const warn = (message: string) => console.error(`! ${message}`);
  const policies = access && tablePolicies(access.table, file, catalogue, now, warn);
  await policies?.refresh();

  return {
    reader,
    writer: hubWriter(hubReach),
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
              if (access === undefined)
                throw new NoBotError('no bot runs here, and the environment names none');
              const { table } = access;
              return lastFinding(
                { known: tableKnown(table), issues: tableIssues(table) },
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
