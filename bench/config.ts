import { type Config, loadConfig } from '../handlers/composition';

/** The data files as they come with the program; every account may be written to, and nothing waits for a morning. */
export function benchConfig(): Config {
  return loadConfig({
    CONFIG_DIR: 'config',
    UNKNOWN_ACCOUNT_MODE: 'enforce',
    TIME_ZONE: 'Asia/Tokyo',
    QUIET: 'off',
  });
}
