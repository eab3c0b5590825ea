import { compose, realPorts } from './composition';
import { warmBot } from './warm-bot';

/** All of the bot: for functions that nobody waits for while they start. */
export const wholeBot = warmBot((settings, config, log) =>
  compose(settings, realPorts(settings, config.catalogue, log), config),
);
