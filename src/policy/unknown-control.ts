import { type Catalogue, nearControls } from '../controls';

/** GuardDuty's types, `Recon:EC2/PortProbeUnprotectedPort`, have a colon; no control has. */
const THREAT = ':';

/**
 * What is wrong with the name of a control, or the beginning of one (`EC2.*`), that the catalogue does not hold;
 * undefined when nothing is.
 */
export function unknownControl(pattern: string, catalogue: Catalogue): string | undefined {
  if (pattern.includes(THREAT)) return undefined;
  if (pattern.endsWith('*')) {
    const prefix = pattern.slice(0, -1).toLowerCase();
    const some = catalogue.all().some(({ id }) => id.toLowerCase().startsWith(prefix));
    return some ? undefined : `no control begins with ${pattern.slice(0, -1)}; correct it or remove it`;
  }
  if (catalogue.find(pattern) !== undefined || catalogue.isRetired(pattern)) return undefined;
  const [near] = nearControls(catalogue, pattern);
  const meant = near === undefined ? '' : ` (did you mean ${near.id}?)`;
  return `${pattern} is not in the catalogue${meant}; for a control that AWS has just made, add \`uncatalogued: true\` to the line`;
}
