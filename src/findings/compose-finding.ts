import type { AccountId } from '../accounts';
import type { ControlId } from '../controls';
import type { Finding } from './finding';
import { fitFinding } from './fit';
import { findingKey } from './key';
import type { ProductArn } from './product-arn';
import { cleanText, hasUnsafe } from './text';

const MAX_TITLE = 256;
const MAX_DESCRIPTION = 1_024;
const MAX_NAME = 128;
/** Security Hub's own limit of a note's text. */
const MAX_NOTE = 512;
const MAX_URL = 512;
const MAX_CONTROL = 256;
const MAX_TAGS = 50;
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;

/** Keys that turn a map into a trap for whoever copies it or asks for its constructor. */
const TRAPS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What a format says of a finding, its texts as received. */
export interface RawFinding
  extends Pick<Finding, 'format' | 'id' | 'product' | 'region' | 'severity' | 'workflow' | 'recordState'>,
    Pick<Finding, 'updatedAt' | 'createdAt' | 'standards'> {
  /** The parts, and the text by which Security Hub's API knows the product. */
  readonly productArn: ProductArn & { readonly text: string };
  readonly productName: string;
  readonly account: AccountId;
  readonly control: ControlId;
  /** What the control is also called; a title may begin with any of these. */
  readonly aliases: readonly string[];
  readonly title: string;
  readonly description: string | null | undefined;
  readonly remediationUrl: string | null | undefined;
  readonly compliance: Finding['compliance'];
  readonly archivalReason?: string | null | undefined;
  readonly resource: {
    readonly id: string;
    readonly type: string;
    readonly tags: Iterable<readonly [unknown, unknown]>;
  };
  readonly firstObservedAt: string | null | undefined;
  readonly note?: Finding['note'] | undefined;
  readonly threat: Finding['threat'];
  readonly fingerprint?: Finding['fingerprint'] | undefined;
}

/** Why a format's finding cannot be composed: its title is empty, or its ids alone exceed what can be stored. */
export type Unfit = 'untitled' | 'too long';

/** The finding that all formats lead to: texts cleaned and cut, in at most 8 KB. */
export function composeFinding(raw: RawFinding): Finding | Unfit {
  const title = cleanText(withoutId(raw.title, raw.aliases), MAX_TITLE);
  if (title === '') return 'untitled';
  const url = remediationUrl(raw.remediationUrl);
  const { archivalReason, compliance, fingerprint, firstObservedAt, note, resource, threat } = raw;
  const finding: Finding = {
    key: findingKey(raw.productArn, raw.id),
    format: raw.format,
    id: raw.id,
    productArn: raw.productArn.text,
    product: raw.product,
    productName: cleanText(raw.productName, MAX_NAME),
    account: raw.account,
    region: raw.region,
    control: raw.control,
    title,
    description: cleanText(raw.description ?? '', MAX_DESCRIPTION),
    ...(url !== undefined && { remediationUrl: url }),
    severity: raw.severity,
    ...(compliance !== undefined && { compliance }),
    workflow: raw.workflow,
    recordState: raw.recordState,
    ...(archivalReason && { archivalReason: cleanText(archivalReason, MAX_NAME) }),
    resource: {
      id: resource.id,
      type: cleanText(resource.type, MAX_NAME),
      tags: tagsOf(resource.tags),
    },
    updatedAt: raw.updatedAt,
    createdAt: raw.createdAt,
    ...(firstObservedAt && { firstObservedAt }),
    ...(note && {
      note: {
        text: cleanText(note.text, MAX_NOTE),
        updatedBy: cleanText(note.updatedBy, MAX_NAME),
        updatedAt: note.updatedAt,
      },
    }),
    ...(threat !== undefined && { threat }),
    ...(fingerprint !== undefined && { fingerprint }),
    standards: raw.standards,
  };
  return fitFinding(finding) ?? 'too long';
}

const VULNERABILITY = /^[A-Za-z0-9._:-]{1,64}$/;

/** The type of a finding with the vulnerability that it is about: two of one resource are two problems. */
export function withVulnerability(
  type: string | null | undefined,
  vulnerability: string | null | undefined,
): string | null | undefined {
  return type && vulnerability && VULNERABILITY.test(vulnerability) ? `${type}/${vulnerability}` : type;
}

/** A name under which issues are grouped; undefined when nothing is left of it. */
export function toControl(name: string | null | undefined): ControlId | undefined {
  const clean = cleanText(name ?? '', MAX_CONTROL);
  return clean === '' ? undefined : (clean as ControlId);
}

/** `EC2.19 Security groups …`, `[EC2.19] Security groups …` and `1.14 Ensure …` without what stands in front. */
function withoutId(title: string, ids: readonly string[]): string {
  for (const id of ids) {
    for (const prefix of [`${id} `, `${id}: `, `[${id}] `]) {
      if (
        title.length > prefix.length &&
        title.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase()
      ) {
        return title.slice(prefix.length);
      }
    }
  }
  return title;
}

function remediationUrl(text: string | null | undefined): string | undefined {
  if (!text || text.length > MAX_URL || !text.startsWith('https://') || !URL.canParse(text)) return undefined;
  const { hostname, href, username, password, port } = new URL(text);
  const ofAws = hostname.endsWith('.amazon.com') || hostname.endsWith('.aws');
  return ofAws && username === '' && password === '' && port === '' && href.length <= MAX_URL
    ? href
    : undefined;
}

/** The first tags that are text; AWS's own (`aws:…`) last, as nobody's policy is written on them. */
function tagsOf(tags: Iterable<readonly [unknown, unknown]>): Record<string, string> {
  const usable = [...tags].filter(
    (tag): tag is [string, string] => typeof tag[1] === 'string' && isTagKey(tag[0]),
  );
  const own = usable.filter(([key]) => !key.startsWith('aws:'));
  const ofAws = usable.filter(([key]) => key.startsWith('aws:'));
  return Object.fromEntries(
    [...own, ...ofAws].slice(0, MAX_TAGS).map(([key, value]) => [key, cleanText(value, MAX_TAG_VALUE)]),
  );
}

function isTagKey(key: unknown): boolean {
  return (
    typeof key === 'string' && key !== '' && key.length <= MAX_TAG_KEY && !TRAPS.has(key) && !hasUnsafe(key)
  );
}
