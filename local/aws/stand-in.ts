import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { listen } from '../embedded/listen';
import { AwsError, invalidInput } from './aws-error';
import type { Caller } from './caller';
import { type Call, consoleUpdate, controlBodies } from './control';
import { Echo } from './echo';
import { type Fault, Faults } from './faults';
import { HubSetup } from './hub-setup';
import { Journal } from './journal';
import { Members } from './members';
import { Organization } from './organization';
import { queryAnswer, queryError, readQuery } from './query-protocol';
import { RateLimit } from './rate-limit';
import { Secrets } from './secrets';
import { SecurityControls } from './security-controls';
import { SecurityHub } from './security-hub';
import { Stacks } from './stacks';
import { Sts } from './sts';

/** Larger than a BatchImportFindings of 100 findings of 240 KB. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
/** Older calls are forgotten, so that a local run can stay up for weeks. */
const MAX_CALLS = 10_000;

export interface AwsStandInSettings {
  /** A free one when left out. */
  readonly port?: number;
  readonly now?: () => Date;
  /** The hub's administrator account. */
  readonly account?: string;
  readonly region?: string;
  /** Takes an EventBridge event, as EventBridge's target would. Without it, no events are sent. */
  readonly emit?: (eventBody: object) => Promise<void>;
  /** From an update to its event. */
  readonly echoDelayMs?: number;
  /** AWS's limits on calls a second; on unless told. */
  readonly rateLimits?: boolean;
  /** Keeps findings in this file over a restart. In memory when left out. */
  readonly dataFile?: string;
}

export interface AwsStandIn {
  readonly url: string;
  /** Finishes open requests, sends the events that are waiting, and stops. */
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer is to get lost. */
  readonly lost?: boolean;
}

const OPERATIONS: Readonly<
  Record<
    string,
    | 'GetFindings'
    | 'GetFindingHistory'
    | 'BatchUpdateFindings'
    | 'BatchImportFindings'
    | 'ListMembers'
    | 'GetMembers'
    | 'BatchGetSecurityControls'
    | 'BatchUpdateStandardsControlAssociations'
    | 'DescribeHub'
    | 'EnableSecurityHub'
    | 'UpdateSecurityHubConfiguration'
    | 'GetEnabledStandards'
    | 'BatchEnableStandards'
    | 'GetAdministratorAccount'
    | 'AcceptAdministratorInvitation'
    | 'ListInvitations'
    | 'CreateMembers'
    | 'InviteMembers'
    | 'ListFindingAggregators'
    | 'GetFindingAggregator'
    | 'CreateFindingAggregator'
    | 'UpdateFindingAggregator'
    | 'DescribeOrganizationConfiguration'
    | 'ListOrganizationAdminAccounts'
  >
> = {
  'POST /findings': 'GetFindings',
  'POST /findingHistory/get': 'GetFindingHistory',
  'PATCH /findings/batchupdate': 'BatchUpdateFindings',
  'POST /findings/import': 'BatchImportFindings',
  'GET /members': 'ListMembers',
  'POST /members/get': 'GetMembers',
  'POST /securityControls/batchGet': 'BatchGetSecurityControls',
  'PATCH /associations': 'BatchUpdateStandardsControlAssociations',
  'GET /accounts': 'DescribeHub',
  'POST /accounts': 'EnableSecurityHub',
  'PATCH /accounts': 'UpdateSecurityHubConfiguration',
  'POST /standards/get': 'GetEnabledStandards',
  'POST /standards/register': 'BatchEnableStandards',
  'GET /administrator': 'GetAdministratorAccount',
  'POST /administrator': 'AcceptAdministratorInvitation',
  'GET /invitations': 'ListInvitations',
  'POST /members': 'CreateMembers',
  'POST /members/invite': 'InviteMembers',
  'GET /findingAggregator/list': 'ListFindingAggregators',
  'GET /findingAggregator/get': 'GetFindingAggregator',
  'POST /findingAggregator/create': 'CreateFindingAggregator',
  'PATCH /findingAggregator/update': 'UpdateFindingAggregator',
  'GET /organization/configuration': 'DescribeOrganizationConfiguration',
  'GET /organization/admin': 'ListOrganizationAdminAccounts',
};

/** Of all operations the only one whose input stands in the address's path. */
const AGGREGATOR = '/findingAggregator/get/';

/** The services whose requests name their operation in a header, with what stands in front of its name there. */
const TARGETS = {
  'AWSOrganizationsV20161128.': ['ListAccounts', 'DescribeOrganization'],
  'secretsmanager.': ['GetSecretValue'],
} as const;

/**
 * Security Hub (`GetFindings`, `GetFindingHistory`, `BatchUpdateFindings`, `BatchImportFindings`, `ListMembers`,
 * `GetMembers`, `BatchGetSecurityControls`, and what sets it up: see `HubSetup`),
 * Organizations (`ListAccounts`, `DescribeOrganization`), Secrets Manager (`GetSecretValue`), CloudFormation
 * (`DescribeStacks`) and STS (`GetCallerIdentity`, `AssumeRole`) over HTTP on 127.0.0.1, for the real SDK clients with
 * another endpoint.
 * `/control/…` steers it: see `awsControl`.
 */
export async function startAwsStandIn(settings: AwsStandInSettings = {}): Promise<AwsStandIn> {
  const {
    port,
    now: ownNow = () => new Date(),
    account = '999999999999',
    region = 'ap-northeast-1',
    emit = async () => {},
    echoDelayMs = 0,
    rateLimits = true,
    dataFile,
  } = settings;

  let offsetMs = 0;
  const now = () => new Date(ownNow().getTime() + offsetMs);
  const echo = new Echo({ account, region, delayMs: echoDelayMs, now, emit });
  const journal = dataFile === undefined ? undefined : new Journal(dataFile);
  const hub = new SecurityHub(account, now, echo, journal);
  const reporting = () => new Set(hub.findings().map(({ AwsAccountId }) => AwsAccountId));
  const members = new Members(account, reporting);
  const organization = new Organization(account);
  const securityControls = new SecurityControls();
  const secrets = new Secrets();
  const stacks = new Stacks(account);
  const setup = new HubSetup(account, members, organization);
  const sts = new Sts(account, region, now, reporting);
  const faults = new Faults();
  const limit = rateLimits ? new RateLimit(ownNow) : undefined;
  let calls: Call[] = [];

  const operations = {
    GetFindings: (input: unknown, caller: Caller) => hub.getFindings(input, caller),
    GetFindingHistory: (input: unknown, caller: Caller) => hub.getFindingHistory(input, caller),
    BatchUpdateFindings: (input: unknown, caller: Caller, met: readonly Fault[]) =>
      hub.batchUpdateFindings(input, caller, (id) => refusal(id, met)),
    BatchImportFindings: (input: unknown) => hub.batchImportFindings(input),
    ListMembers: (input: unknown, caller: Caller) => setup.listMembers(input, caller),
    GetMembers: (input: unknown, caller: Caller) => members.getMembers(input, caller.region),
    BatchGetSecurityControls: (input: unknown, caller: Caller) => securityControls.batchGet(input, caller),
    BatchUpdateStandardsControlAssociations: (input: unknown, caller: Caller) =>
      securityControls.batchUpdate(input, caller),
    DescribeHub: (_input: unknown, caller: Caller) => setup.describeHub(caller),
    EnableSecurityHub: (input: unknown, caller: Caller) => setup.enableSecurityHub(input, caller),
    UpdateSecurityHubConfiguration: (input: unknown, caller: Caller) =>
      setup.updateSecurityHubConfiguration(input, caller),
    GetEnabledStandards: (_input: unknown, caller: Caller) => setup.getEnabledStandards(caller),
    BatchEnableStandards: (input: unknown, caller: Caller) => setup.batchEnableStandards(input, caller),
    GetAdministratorAccount: (_input: unknown, caller: Caller) => setup.getAdministratorAccount(caller),
    AcceptAdministratorInvitation: (input: unknown, caller: Caller) =>
      setup.acceptAdministratorInvitation(input, caller),
    ListInvitations: (_input: unknown, caller: Caller) => setup.listInvitations(caller),
    CreateMembers: (input: unknown, caller: Caller) => setup.createMembers(input, caller),
    InviteMembers: (input: unknown, caller: Caller) => setup.inviteMembers(input, caller),
    ListFindingAggregators: (_input: unknown, caller: Caller) => setup.listFindingAggregators(caller),
    GetFindingAggregator: (input: unknown, caller: Caller) => setup.getFindingAggregator(input, caller),
    CreateFindingAggregator: (input: unknown, caller: Caller) => setup.createFindingAggregator(input, caller),
    UpdateFindingAggregator: (input: unknown, caller: Caller) => setup.updateFindingAggregator(input, caller),
    DescribeOrganizationConfiguration: (_input: unknown, caller: Caller) =>
      setup.describeOrganizationConfiguration(caller),
    ListOrganizationAdminAccounts: () => setup.listOrganizationAdminAccounts(),
    ListAccounts: (input: unknown) => organization.listAccounts(input),
    DescribeOrganization: () => organization.describeOrganization(),
    GetSecretValue: (input: unknown) => secrets.getSecretValue(input),
    GetCallerIdentity: (_input: unknown, caller: Caller) => sts.getCallerIdentity(caller),
    AssumeRole: (input: unknown, caller: Caller) => sts.assumeRole(input, caller),
    DescribeStacks: (input: unknown, caller: Caller) => stacks.describeStacks(input, caller),
  } as const;

  /** Runs one AWS operation: records the call, meets its faults and limits, answers. */
  const run = async (
    operation: keyof typeof operations,
    input: unknown,
    caller: Caller,
    limited: boolean,
  ): Promise<{ result: object; lost: boolean }> => {
    const at = now().toISOString();
    const note = (outcome: Call['outcome'], error?: string) => {
      const { arn, sourceIdentity, region: where } = caller;
      calls.push({ operation, input, at, caller: arn, region: where, sourceIdentity, outcome, error });
      if (calls.length > MAX_CALLS) calls = calls.slice(-MAX_CALLS);
    };
    try {
      const met = faults.meet(operation);
      for (const slow of met) if (slow.kind === 'slow') await delay(slow.ms);
      if (met.some((fault) => fault.kind === 'throttle')) {
        throw new AwsError('TooManyRequestsException', 'Rate exceeded', 429);
      }
      if (limited && limit && !limit.take(caller, operation)) {
        throw new AwsError('LimitExceededException', 'Rate exceeded', 429);
      }
      const ended = caller.until !== undefined && now().getTime() >= caller.until;
      if (ended || met.some((fault) => fault.kind === 'expired')) {
        const code = limited ? 'ExpiredTokenException' : 'ExpiredToken';
        throw new AwsError(code, 'The security token included in the request is expired', 403);
      }
      if (met.some((fault) => fault.kind === 'denied')) {
        const code = limited ? 'AccessDeniedException' : 'AccessDenied';
        throw new AwsError(code, `User: ${caller.arn} is not authorized to perform this.`, 403);
      }
      if (met.some((fault) => fault.kind === 'error')) {
        throw new AwsError('InternalException', 'An internal error was asked for', 500);
      }
      const result = operations[operation](input, caller, met);
      const lost = met.some((fault) => fault.kind === 'lost');
      note(lost ? 'lost' : 'done');
      return { result, lost };
    } catch (error) {
      note('refused', error instanceof AwsError ? error.code : 'InternalException');
      throw error;
    }
  };

  const answerQuery = async (form: string, caller: Caller): Promise<Answer> => {
    const type = 'text/xml';
    try {
      const { action, input } = readQuery(form);
      if (action !== 'GetCallerIdentity' && action !== 'AssumeRole' && action !== 'DescribeStacks') {
        const message = `${action} is not an action of this stand-in for STS and CloudFormation.`;
        throw new AwsError('InvalidAction', message, 400);
      }
      const { result, lost } = await run(action, input, caller, false);
      return { status: 200, type, body: queryAnswer(action, result), lost };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { status: error.status, type, body: queryError(error) };
    }
  };

  const answerTarget = async (target: string, text: string, caller: Caller): Promise<Answer> => {
    const type = 'application/x-amz-json-1.1';
    try {
      const operation = Object.entries(TARGETS)
        .flatMap(([service, names]) => names.map((name) => ({ name, target: `${service}${name}` })))
        .find((known) => known.target === target)?.name;
      if (operation === undefined) {
        const message = `${target} is not an operation of this stand-in.`;
        throw new AwsError('UnknownOperationException', message, 400);
      }
      const { result, lost } = await run(operation, parseJson(text), caller, false);
      return { status: 200, type, body: JSON.stringify(result), lost };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return {
        status: error.status,
        type,
        body: JSON.stringify({ __type: error.code, Message: error.message }),
      };
    }
  };

  const answerHub = async (route: string, given: () => unknown, caller: Caller): Promise<Answer> => {
    const type = 'application/json';
    try {
      const operation = Object.hasOwn(OPERATIONS, route) ? OPERATIONS[route] : undefined;
      if (!operation) {
        throw new AwsError(
          'UnknownOperationException',
          `${route} is not an operation of this stand-in.`,
          404,
        );
      }
      const { result, lost } = await run(operation, given(), caller, true);
      return { status: 200, type, body: JSON.stringify(result), lost };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const body = JSON.stringify({ Code: error.code, Message: error.message });
      return { status: error.status, type, body, headers: { 'x-amzn-errortype': error.code } };
    }
  };

  const controls: Readonly<Record<string, (body: unknown) => object>> = {
    'PUT findings': (body) => {
      hub.put(controlBodies.findings.parse(body).findings);
      return {};
    },
    'GET findings': () => ({ findings: hub.findings() }),
    'POST reports': (body) => ({ findings: hub.report(controlBodies.reports.parse(body).findings) }),
    'POST console': (body) => {
      const { finding, identity, status, note } = consoleUpdate.parse(body);
      const update = {
        Workflow: { Status: status },
        ...(note === undefined ? {} : { Note: { Text: note, UpdatedBy: identity } }),
      };
      if (!hub.updateAs(identity, finding, update)) throw invalidInput(`There is no finding ${finding.Id}.`);
      return {};
    },
    'GET calls': () => ({ calls }),
    'POST calls': (body) => {
      const { about } = controlBodies.about.parse(body);
      const names = about.map((id) => JSON.stringify(id));
      return {
        calls: calls.filter(({ input }) => {
          const text = JSON.stringify(input) ?? '';
          return names.some((name) => text.includes(name));
        }),
      };
    },
    'DELETE calls': () => {
      calls = [];
      return {};
    },
    'GET faults': () => ({ faults: faults.list() }),
    'POST faults': (body) => {
      faults.add(controlBodies.fault.parse(body));
      return {};
    },
    'DELETE faults': () => {
      faults.clear();
      return {};
    },
    'GET pending': () => ({ events: echo.pending }),
    'POST clock': (body) => {
      offsetMs = controlBodies.clock.parse(body).offsetMs;
      return {};
    },
    'PUT roles': (body) => {
      sts.setRoles(controlBodies.roles.parse(body).roles);
      return {};
    },
    'PUT organization': (body) => {
      organization.set(controlBodies.organization.parse(body).accounts);
      return {};
    },
    'PUT members': (body) => {
      members.set(controlBodies.members.parse(body).members);
      return {};
    },
    'PUT secrets': (body) => {
      secrets.set(controlBodies.secrets.parse(body).secrets);
      return {};
    },
    'PUT stacks': (body) => {
      stacks.set(controlBodies.stacks.parse(body).stacks);
      return {};
    },
    'PUT callers': (body) => {
      sts.setCallers(controlBodies.callers.parse(body).callers);
      return {};
    },
    'PUT setup': (body) => {
      setup.set(controlBodies.setup.parse(body).setup);
      return {};
    },
    'PUT security-controls': (body) => {
      securityControls.set(controlBodies.securityControls.parse(body).regions);
      return {};
    },
    'POST reset': () => {
      echo.drop();
      hub.clear();
      organization.reset();
      members.reset();
      setup.reset();
      securityControls.clear();
      sts.clear();
      secrets.set([]);
      stacks.set([]);
      faults.clear();
      limit?.reset();
      calls = [];
      return {};
    },
  };

  const answerControl = (request: IncomingMessage, route: string, text: string): Answer => {
    const type = 'application/json';
    const refuse = (status: number, error: string) => ({ status, type, body: JSON.stringify({ error }) });
    // Another site's page in the developer's browser can only send a form or plain text.
    if (request.method !== 'GET' && request.headers['content-type'] !== 'application/json') {
      return refuse(415, 'Send content-type: application/json.');
    }
    const control = Object.hasOwn(controls, route) ? controls[route] : undefined;
    if (!control) return refuse(404, `There is no ${route}. There are: ${Object.keys(controls).join(', ')}.`);
    try {
      return { status: 200, type, body: JSON.stringify(control(text === '' ? undefined : parseJson(text))) };
    } catch (error) {
      if (error instanceof z.ZodError) return refuse(400, z.prettifyError(error));
      if (error instanceof AwsError) return refuse(error.status, error.message);
      throw error;
    }
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const text = await readBody(request);
    if (pathname.startsWith('/control/')) {
      return answerControl(request, `${request.method} ${pathname.slice('/control/'.length)}`, text);
    }
    const caller = sts.callerOf(request.headers.authorization);
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') return answerTarget(target, text, caller);
    if (pathname === '/') return answerQuery(text, caller);
    // A GET's input stands in its address.
    const input = () => (request.method === 'GET' ? Object.fromEntries(searchParams) : parseJson(text));
    if (pathname.startsWith(AGGREGATOR)) {
      const FindingAggregatorArn = decodeURIComponent(pathname.slice(AGGREGATOR.length));
      return answerHub('GET /findingAggregator/get', () => ({ FindingAggregatorArn }), caller);
    }
    return answerHub(`${request.method} ${pathname}`, input, caller);
  };

  const server = createServer((request, response) => {
    answer(request).then(
      (given) => send(response, given),
      (error: unknown) => {
        console.error('AWS stand-in:', error);
        const body = JSON.stringify({
          Code: 'InternalException',
          Message: 'The stand-in failed; see its log.',
        });
        send(response, { status: 500, type: 'application/json', body });
      },
    );
  });
  const { url, drain } = await listen(server, port);

  return {
    url,
    async close() {
      await drain();
      await echo.flush();
      await journal?.flush();
    },
  };
}

function refusal(id: string, met: readonly Fault[]): { code: string; message: string } | undefined {
  for (const fault of met) {
    if (fault.kind !== 'unprocessed') continue;
    if (fault.ids === undefined || fault.ids.includes(id))
      return { code: fault.code, message: 'This was asked for.' };
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw invalidInput('The body is not JSON.');
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error(`A request is larger than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, type, body, headers, lost }: Answer): void {
  if (lost) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': randomUUID(), ...headers });
  response.end(body);
}
