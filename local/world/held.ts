import type { AsffFinding } from '../aws';

/** What Security Hub holds, by the `Id`s of its findings. */
export type Held = ReadonlyMap<string, AsffFinding>;
