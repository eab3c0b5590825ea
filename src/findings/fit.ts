import type { Finding } from './finding';
import { clip } from './text';

/** A stored finding is a projection; its original may have 240 KB and lies in S3. */
const MAX_BYTES = 8_192;

/** What is given up, the least useful first, when a finding is too large. */
const CUTS: readonly ((finding: Finding) => Finding)[] = [
  (finding) => ({ ...finding, description: clip(finding.description, 256) }),
  (finding) => withTags(finding, 20),
  (finding) => withThreatTexts(finding, 64),
  (finding) => withTags(finding, 5),
  (finding) => ({ ...finding, description: clip(finding.description, 64) }),
  (finding) =>
    finding.note ? { ...finding, note: { ...finding.note, text: clip(finding.note.text, 64) } } : finding,
  (finding) => withThreatTexts(finding, 16),
  (finding) => withTags(finding, 0),
  (finding) => ({ ...finding, standards: finding.standards.slice(0, 1) }),
];

/**
 * The finding in at most 8 KB of JSON: texts, tags, standards and the threat's details are cut where that is needed,
 * ids never.
 * Undefined when its ids alone are too long.
 */
export function fitFinding(finding: Finding): Finding | undefined {
  let fitted = finding;
  for (const cut of CUTS) {
    if (fits(fitted)) return fitted;
    fitted = cut(fitted);
  }
  return fits(fitted) ? fitted : undefined;
}

function fits(finding: Finding): boolean {
  return Buffer.byteLength(JSON.stringify(finding)) <= MAX_BYTES;
}

function withTags(finding: Finding, count: number): Finding {
  const tags = Object.fromEntries(Object.entries(finding.resource.tags).slice(0, count));
  return { ...finding, resource: { ...finding.resource, tags } };
}

function withThreatTexts(finding: Finding, max: number): Finding {
  const { threat } = finding;
  if (threat === undefined) return finding;
  const { about, actor } = threat;
  const cut: typeof threat = {
    ...threat,
    ...(about !== undefined && { about: clip(about, max) }),
    ...(actor !== undefined && {
      actor: Object.fromEntries(
        Object.entries(actor).map(([detail, text]) => [detail, clip(String(text), max)]),
      ),
    }),
  };
  return { ...finding, threat: cut };
}
