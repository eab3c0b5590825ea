import type { Severity } from '../../src/controls';

/** What ASFF's `Severity.Normalized` says beside the label. */
export const NORMALIZED: Readonly<Record<Severity, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};
