import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type CliOperations, loadPlaybooks, type Playbooks } from '../../src/playbooks';

const ROOT = join(__dirname, '..', '..');

/** Where the deployment's data files are. */
export const configFolder = (): string => process.env['CONFIG_DIR'] || join(ROOT, 'config');

/** @param overrides a folder with a team's own words; the setting's where none is given */
export function openPlaybooks(overrides: string | undefined): Playbooks {
  return loadPlaybooks(
    join(configFolder(), 'playbooks'),
    overrides ?? (process.env['PLAYBOOK_OVERRIDES'] || undefined),
  );
}

const FILE = z.object({ services: z.record(z.string(), z.record(z.string(), z.string())) });

/** What the AWS CLI knows, from the API models of AWS's SDK. */
export function cliOperations(): CliOperations {
  const { services } = FILE.parse(JSON.parse(readFileSync(join(__dirname, 'aws-cli.json'), 'utf8')));
  return Object.fromEntries(
    Object.entries(services).map(([service, operations]) => [
      service,
      Object.fromEntries(
        Object.entries(operations).map(([name, options]) => [name, options.split(' ').filter(Boolean)]),
      ),
    ]),
  );
}
