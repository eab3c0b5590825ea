import { parseArgs } from 'node:util';
import { NoOrganizationError } from '../src/aws';
import { exportFile } from './accounts/export-file';
import { importFile } from './accounts/import-file';
import { listAccounts } from './accounts/list-accounts';
import { openRegistry } from './accounts/open-registry';
import { NoSlackError } from './accounts/person-by-mail';
import type { SaveOptions } from './accounts/save-and-report';
import { SYNC_SOURCES, syncFrom } from './accounts/sync-from';
import type { Purpose } from './data-access';
import { runToEnd } from './run-to-end';
import type { WhichBot } from './which-bot';
import { WrongUsage } from './wrong-usage';

const USAGE = `Usage: npm run accounts -- list [--json]
       npm run accounts -- import FILE [--dry-run] [--json]
       npm run accounts -- export [--unregistered] [FILE]
       npm run accounts -- sync [--from ${SYNC_SOURCES.join('|')}] [--dry-run] [--json]

list    Shows the registered accounts.
import  Registers what a file says. A CSV names its columns in the first row (id, name, kind, owner, deputy, channel,
        project, mail, mode, status), or holds nothing but id,mail. An empty cell leaves what is registered as it is,
        a lone - takes it away. A file that ends in .yml is read as config/accounts.yml is. A row that is wrong is
        named with its line; the others are taken.
export  Writes the registered accounts as CSV, for a spreadsheet and for import; with --unregistered those that have
        sent findings and that nobody has registered, to be filled in.
sync    Takes accounts from AWS Organizations, or the members of Security Hub. New ones come in without an owner; known
        ones get a name or a mail address only where they have none. Accounts that are gone are named, not removed.

--dry-run  Says what would be done, and does nothing.
--json     Nothing but JSON on standard output.
Something that was not taken makes the exit code 1.`;

function parse<O extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: NonNullable<O>,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

const FLAG = { type: 'boolean', default: false } as const;

function refuse(given: readonly string[]): void {
  if (given.length > 0) throw new WrongUsage(`I do not know "${given.join(' ')}".`);
}

const purposeOf = ({ dryRun }: SaveOptions): Purpose => (dryRun ? 'read' : 'change');

const VERBS: Readonly<Record<string, (args: readonly string[], bot: WhichBot) => Promise<number>>> = {
  async list(args, bot) {
    const { values, positionals } = parse(args, { json: FLAG });
    refuse(positionals);
    listAccounts(await openRegistry(bot, 'read'), values.json);
    return 0;
  },
  async import(args, bot) {
    const { values, positionals } = parse(args, { 'dry-run': FLAG, json: FLAG });
    const [file, ...more] = positionals;
    if (file === undefined) throw new WrongUsage('Name a file.');
    refuse(more);
    const options = { dryRun: values['dry-run'], json: values.json };
    return importFile(file, options, await openRegistry(bot, purposeOf(options)));
  },
  async export(args, bot) {
    const { values, positionals } = parse(args, { unregistered: FLAG });
    const [file, ...more] = positionals;
    refuse(more);
    await exportFile(file, values.unregistered, await openRegistry(bot, 'read'));
    return 0;
  },
  async sync(args, bot) {
    const { values, positionals } = parse(args, {
      from: { type: 'string', default: 'organizations' },
      'dry-run': FLAG,
      json: FLAG,
    });
    refuse(positionals);
    const source = SYNC_SOURCES.find((known) => known === values.from);
    if (source === undefined)
      throw new WrongUsage(`--from ${values.from}: write ${SYNC_SOURCES.join(' or ')}.`);
    const options = { dryRun: values['dry-run'], json: values.json };
    return syncFrom(source, options, await openRegistry(bot, purposeOf(options)));
  },
};

async function main(args: readonly string[], bot: WhichBot): Promise<number> {
  const [name = '', ...rest] = args;
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) throw new WrongUsage(name === '' ? 'Say what to do.' : `I do not know "${name}".`);
  return verb(rest, bot);
}

/** What went wrong, with what to do about it where that is known. */
function faceOf(error: unknown): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `${path ?? ''}: there is no such file or folder.`;
  if (error instanceof NoOrganizationError) {
    return 'This AWS account belongs to no organization: use --from security-hub.';
  }
  if (error instanceof NoSlackError) return error.message;
  const { name, message } = error as Error;
  if (name !== 'AccessDeniedException' && name !== 'InvalidAccessException') return undefined;
  const calls = 'organizations:ListAccounts, or with --from security-hub securityhub:ListMembers';
  return `AWS refuses (${message}): the credentials of this command need ${calls}. Organizations answers only its management account and delegated administrators.`;
}

runToEnd(main, { usage: USAGE, faceOf });
