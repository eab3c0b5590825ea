import { tableQuarantine } from '../../src/quarantine';
import type { Settings } from '../../src/settings';
import type { IntakeBot } from './bot';
import { composeCore } from './compose-core';
import type { Config } from './config';
import type { IntakePorts } from './ports';

/** What takes findings in, and nothing beside it. */
export function composeIntake(settings: Settings, ports: IntakePorts, config: Config): IntakeBot {
  const core = composeCore(settings, ports, config);
  return {
    ...core,
    ports,
    intake: { ...core.intake, hub: ports.hub },
    quarantine: tableQuarantine(ports.table, ports.objects, ports.now),
  };
}
