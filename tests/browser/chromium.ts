import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * A browser of this machine: none is downloaded.
 * @throws what to install
 */
export async function openChromium(): Promise<Browser> {
  const executablePath = installed();
  if (executablePath === undefined) {
    throw new Error('npm run test:browser needs Chromium or Chrome: none was found on PATH.');
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

function installed(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
