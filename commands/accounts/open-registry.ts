import { join } from 'node:path';
import {
  type AccountRegister,
  accountRegister,
  loadAccounts,
  MODES,
  type Mode,
  tableAccounts,
} from '../../src/accounts';
import { sqsQueues } from '../../src/queues';
import { type RegistryEffects, registryEffects } from '../../src/registry';
import { type DataAccess, dataAccess, NoBotError, type Purpose } from '../data-access';
import type { WhichBot } from '../which-bot';

/** The register of accounts of a bot, as the commands see it. */
export interface OpenRegistry {
  readonly access: DataAccess;
  readonly configDir: string;
  readonly register: AccountRegister;
  readonly effects: RegistryEffects;
  readonly now: () => Date;
}

const QUEUES = ['CARDS_QUEUE_URL', 'WORKFLOW_QUEUE_URL', 'CHANGES_QUEUE_URL'] as const;

/** The mode that the deployment gives to accounts without one. */
function defaultMode(): Mode {
  const given = process.env['UNKNOWN_ACCOUNT_MODE'];
  return MODES.find((mode) => mode === given) ?? 'observe';
}

/**
 * Reads the accounts of a bot. Where none have been registered yet they are those of `config/accounts.yml`, which are
 * registered before they are changed, as at a start of the bot.
 * @throws NoBotError when there is none
 */
export async function openRegistry(bot: WhichBot, purpose: Purpose): Promise<OpenRegistry> {
  // First: it says where the bot's queues and data files are.
  const access = await dataAccess(bot, purpose);
  const [cards, workflow, changes] = QUEUES.map((name) => process.env[name]);
  if (!cards || !workflow || !changes) {
    throw new NoBotError(`Name the queues of the deployed bot too, in ${QUEUES.join(', ')}.`);
  }
  const configDir = process.env['CONFIG_DIR'] || join(__dirname, '..', '..', 'config');
  const defaults = { kind: 'production', mode: defaultMode() } as const;
  const now = () => new Date();
  const { table } = access;
  const stored = tableAccounts(table);
  const register = accountRegister(
    stored,
    loadAccounts(join(configDir, 'accounts.yml'), defaults),
    defaults,
    now,
  );
  if (purpose === 'change' || (await stored.importedFile()) !== undefined) await register.refresh();
  const queues = sqsQueues(access.sqsOf(cards), { cards, workflow, changes });
  return { access, configDir, register, effects: registryEffects({ table, queues, register, now }), now };
}
