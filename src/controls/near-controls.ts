import { nearest } from '../config';
import type { Catalogue, Control } from './control';

/** Controls whose id looks like a mistyped `id`, the likeliest first, five at most. */
export function nearControls(catalogue: Catalogue, id: string): readonly Control[] {
  const ids = catalogue.all().map((control) => control.id);
  return nearest(id, ids, 5).flatMap((near) => catalogue.find(near) ?? []);
}
