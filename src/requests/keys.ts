import { accountId } from '../accounts';
import { derivedId, type Key } from '../store';
import type { Issue } from './issue';
import type { RequestKey } from './request';

/** Names one issue: its request, its region (`global` where AWS has one resource for all) and its resource. */
export interface IssueKey {
  readonly request: RequestKey;
  readonly region: string;
  readonly resourceHash: string;
}

function resourceHash(resourceId: string): string {
  return derivedId(resourceId);
}

/** The request that an issue belongs to: one a control, but every threat has its own. */
export function requestKeyOf(
  issue: Pick<Issue, 'account' | 'control' | 'product' | 'region' | 'resource'>,
): RequestKey {
  return issue.product === 'guardduty'
    ? {
        account: issue.account,
        kind: 'threat',
        subject: derivedId(issue.control, issue.region, issue.resource.id),
      }
    : { account: issue.account, kind: 'control', subject: issue.control.toLowerCase() };
}

export function issueKeyOf(
  issue: Pick<Issue, 'account' | 'control' | 'product' | 'region' | 'resource'>,
): IssueKey {
  return {
    request: requestKeyOf(issue),
    region: issue.region,
    resourceHash: resourceHash(issue.resource.id),
  };
}

/** Table key of a request. */
export function requestItemKey(key: RequestKey): Key {
  return { pk: `A#${key.account}`, sk: `${key.kind === 'threat' ? 'T' : 'C'}#${key.subject}` };
}

/** Partition that holds the issues of a request. */
export function issuePartition(key: RequestKey): string {
  const { pk, sk } = requestItemKey(key);
  return `${pk}#${sk}`;
}

/** Table key of an issue. */
export function issueItemKey(key: IssueKey): Key {
  return { pk: issuePartition(key.request), sk: `I#${key.region}#${key.resourceHash}` };
}

/** The reference to a request that buttons carry. It grants nothing: whoever presses is checked every time. */
export function requestRef(key: RequestKey): string {
  return `${key.account}/${key.kind}/${key.subject}`;
}

const SUBJECT = /^[a-z0-9._:/ -]{1,256}$/i;

/** The request a reference names, undefined when it is none; that such a request exists is for the caller to see. */
export function parseRequestRef(ref: string): RequestKey | undefined {
  const [account, kind, ...rest] = ref.split('/');
  const id = accountId(account ?? '');
  const subject = rest.join('/');
  return id && (kind === 'control' || kind === 'threat') && SUBJECT.test(subject)
    ? { account: id, kind, subject }
    : undefined;
}

/** Short reference of an issue inside its request, for the options of a menu. */
export function issueRef(issue: Pick<Issue, 'region' | 'resource'>): string {
  return `${issue.region}#${resourceHash(issue.resource.id)}`;
}

/** The same with its request before it: names the issue among all there are. */
export function issueName(key: IssueKey): string {
  return `${requestRef(key.request)}#${key.region}#${key.resourceHash}`;
}

const ISSUE_REF = /^([a-z0-9-]{1,30})#([0-9a-z]{26})$/;

/** The issue that a reference names inside its request; undefined when it is none. */
export function issueKeyFromRef(request: RequestKey, ref: string): IssueKey | undefined {
  const [, region, hash] = ISSUE_REF.exec(ref) ?? [];
  return region && hash ? { request, region, resourceHash: hash } : undefined;
}
