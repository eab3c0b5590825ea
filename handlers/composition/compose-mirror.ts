import type { Settings } from '../../src/settings';
import type { MirrorBot } from './bot';
import { composeCore } from './compose-core';
import type { Config } from './config';
import type { MirrorPorts } from './ports';

/** What makes Security Hub follow, and nothing beside it. */
export function composeMirror(settings: Settings, ports: MirrorPorts, config: Config): MirrorBot {
  const core = composeCore(settings, ports, config);
  const { hub, pause, log, metrics } = ports;
  return { ...core, ports, mirror: { ...core.intake, hub, pause, log, metrics } };
}
