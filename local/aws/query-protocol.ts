import { randomUUID } from 'node:crypto';
import type { AwsError } from './aws-error';

/** STS and CloudFormation speak AWS's query protocol: a form goes in, XML comes out. */
const STS = 'https://sts.amazonaws.com/doc/2011-06-15/';
/** The namespace of an answer, by action. */
const NAMESPACES: Readonly<Record<string, string>> = {
  DescribeStacks: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
};

/** `Tags.member.1.Key` is a path of branches; lists are branches called `member` with numbers below. */
type Tree = Map<string, string | Tree>;

type Value = string | readonly Value[] | { readonly [name: string]: Value };

/** Reads `Tags.member.1.Key=team` and the like into objects and lists; `Action` and `Version` apart. */
export function readQuery(form: string): { action: string; input: Readonly<Record<string, Value>> } {
  const root: Tree = new Map();
  for (const [path, value] of new URLSearchParams(form)) {
    const steps = path.split('.');
    let at = root;
    for (const step of steps.slice(0, -1)) {
      const known = at.get(step);
      const branch: Tree = known instanceof Map ? known : new Map();
      at.set(step, branch);
      at = branch;
    }
    at.set(steps.at(-1) ?? '', value);
  }
  const action = root.get('Action');
  root.delete('Action');
  root.delete('Version');
  return { action: typeof action === 'string' ? action : '', input: branches(root) };
}

function branches(tree: Tree): Readonly<Record<string, Value>> {
  return Object.fromEntries([...tree].map(([name, child]) => [name, settle(child)]));
}

function settle(value: string | Tree): Value {
  if (typeof value === 'string') return value;
  const members = value.get('member');
  return members instanceof Map ? [...members.values()].map(settle) : branches(value);
}

export function queryAnswer(action: string, result: object): string {
  return (
    `<${action}Response xmlns="${NAMESPACES[action] ?? STS}"><${action}Result>${elements(result)}</${action}Result>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`
  );
}

export function queryError(error: AwsError): string {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const body = elements({ Type: type, Code: error.code, Message: error.message });
  return `<ErrorResponse xmlns="${STS}"><Error>${body}</Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
}

function elements(value: object): string {
  if (Array.isArray(value))
    return value.map((child: object) => `<member>${elements(child)}</member>`).join('');
  return Object.entries(value)
    .map(([name, child]: [string, unknown]) => {
      const inner = typeof child === 'object' && child !== null ? elements(child) : escapeXml(String(child));
      return `<${name}>${inner}</${name}>`;
    })
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
