import { type Ruling, rule } from '../src/access';
import type { Principal } from '../src/accounts';
import type { FrontBot } from './composition';

/** Why somebody may not even look; undefined for everybody else. */
export async function refusedToLook(
  person: Principal,
  bot: FrontBot,
): Promise<Extract<Ruling, { effect: 'deny' }> | undefined> {
  const ruling = rule(
    await bot.directory.visitor(person),
    { kind: 'look', severity: 'LOW' },
    bot.config.access,
  );
  return ruling.effect === 'deny' ? ruling : undefined;
}
