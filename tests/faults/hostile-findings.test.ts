import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { checkMessage } from '../../blocks/kit/check';
import { type AsffDocument, asff, controlOcsf, event, imported, importedV2 } from '../fixtures/findings';
import { openStage, type Stage } from '../story/stage';

/** Told, and not written to: Security Hub holds none of these findings. */
const ACCOUNTS = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHOPPRD, mode: notify }
`;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ silent: true, accounts: ACCOUNTS });
});
afterAll(() => stage.close());

const base = (about: Parameters<typeof asff>[0] = {}) =>
  asff({ control: 'S3.5', severity: 'HIGH', resourceType: 'AwsS3Bucket', ...about });
let counted = 0;
/** A resource that no other line is about. */
function fresh(): string {
  counted += 1;
  return `arn:aws:s3:::example-${counted}`;
}

type Alter = (document: Record<string, unknown>) => Record<string, unknown>;
const set =
  (field: string, value: unknown): Alter =>
  (document) => ({ ...document, [field]: value });
const without =
  (field: string): Alter =>
  ({ [field]: _, ...rest }) =>
    rest;
const inResource =
  (change: object): Alter =>
  (document) => ({ ...document, Resources: [{ ...(document['Resources'] as object[])[0], ...change }] });
/** A finding with this text in the place of a key, which JSON alone can say. */
const raw =
  (json: string): Alter =>
  (document) =>
    JSON.parse(`${JSON.stringify(document).slice(0, -1)},${json}}`) as Record<string, unknown>;

const asffEvent = (document: object) => imported(document as AsffDocument);
const padded =
  (bytes: number): Alter =>
  (document) => {
    const rest = bytes - Buffer.byteLength(JSON.stringify(document));
    return {
      ...document,
      ProductFields: { ...(document['ProductFields'] as object), padding: 'x'.repeat(rest) },
    };
  };

/** What becomes of it: its owner is asked, it is nobody's business here, or it is laid aside for the field at fault. */
type End = 'shown' | 'left' | RegExp;

const ALTERED: readonly (readonly [string, Alter, End])[] = [
  ['no Id', without('Id'), /Id/],
  ['Id null', set('Id', null), /Id/],
  ['Id a number', set('Id', 7), /Id/],
  ['Id empty', set('Id', ''), /Id/],
  ['Id with NUL', set('Id', 'arn:\u0000'), /Id/],
  ['Id of 10,000 characters', set('Id', 'x'.repeat(10_000)), /Id/],
  ['no Resources', without('Resources'), /Resources/],
  ['Resources null', set('Resources', null), /Resources/],
  ['Resources an object', set('Resources', { 0: { Id: 'x', Type: 'y' } }), /Resources/],
  ['Resources empty', set('Resources', []), /Resources/],
  ['Resources of null', set('Resources', [null]), /Resources/],
  ['a resource whose Id is a list', inResource({ Id: ['x'] }), /Resources/],
  ['a resource whose Id has a lone surrogate', inResource({ Id: 'arn:aws:s3:::\ud83d' }), /Resources/],
  [
    '10,000 resources',
    (document) => ({
      ...document,
      Resources: Array.from({ length: 10_000 }, () => (document['Resources'] as object[])[0]),
    }),
    'shown',
  ],
  [
    '10,000 tags',
    inResource({ Tags: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`tag-${n}`, 'v'])) }),
    'shown',
  ],
  ['tags a list', inResource({ Tags: ['a', 'b'] }), /Tags/],
  // The catalogue knows how severe a control is.
  ['no Severity', without('Severity'), 'shown'],
  ['Severity null', set('Severity', null), 'shown'],
  ['Severity a word', set('Severity', 'HIGH'), /Severity/],
  ['Severity unheard of', set('Severity', { Label: 'APOCALYPTIC' }), 'shown'],
  ['Severity NaN', set('Severity', { Label: NaN, Normalized: NaN }), 'shown'],
  ['no UpdatedAt', without('UpdatedAt'), /UpdatedAt/],
  ['UpdatedAt NaN', set('UpdatedAt', NaN), /UpdatedAt/],
  ['UpdatedAt "NaN"', set('UpdatedAt', 'NaN'), /UpdatedAt/],
  ['UpdatedAt on the 32nd', set('UpdatedAt', '2026-01-32T00:00:00Z'), /UpdatedAt/],
  ['UpdatedAt in the year 275761', set('UpdatedAt', '+275761-01-01T00:00:00Z'), /UpdatedAt/],
  ['CreatedAt null', set('CreatedAt', null), 'shown'],
  ['AwsAccountId a number', set('AwsAccountId', 111122223333), /AwsAccountId/],
  ['AwsAccountId too short', set('AwsAccountId', '1111'), /AwsAccountId/],
  ['Region nowhere', set('Region', 'nowhere'), /Region/],
  ['Region with a hash', set('Region', 'us-east-1#I#x'), /Region/],
  ['ProductArn of nobody', set('ProductArn', 'arn:aws:iam::1:root'), /ProductArn/],
  ['Title null', set('Title', null), /Title/],
  [
    'Title a list of 10,000',
    set(
      'Title',
      Array.from({ length: 10_000 }, () => 'x'),
    ),
    /Title/,
  ],
  ['Title of 10,000 characters', set('Title', '<!channel>'.repeat(1_000)), 'shown'],
  ['Workflow a word', set('Workflow', 'NEW'), /Workflow/],
  ['Workflow unheard of', set('Workflow', { Status: 'GONE' }), /Workflow/],
  ['Compliance a number', set('Compliance', 1), /Compliance/],
  ['Compliance unheard of', set('Compliance', { Status: 'MAYBE', SecurityControlId: 'S3.5' }), /Compliance/],
  ['RecordState null', set('RecordState', null), 'shown'],
  [
    '10,000 types',
    set(
      'Types',
      Array.from({ length: 10_000 }, (_, n) => `t${n}`),
    ),
    'shown',
  ],
  ['types of null', set('Types', [null, 1, {}]), /Types/],
  ['a Note of numbers', set('Note', { Text: 1, UpdatedBy: 2, UpdatedAt: 3 }), /Note/],
  ['ProductFields a list', set('ProductFields', ['a']), /ProductFields/],
  [
    'Remediation nested 1,000 deep',
    raw(`"Remediation":${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`),
    'shown',
  ],
  ['__proto__ for a key', raw('"__proto__":{"polluted":true,"Id":"x"}'), 'shown'],
  ['constructor for a key', raw('"constructor":{"prototype":{"polluted":true}}'), 'shown'],
  [
    '__proto__ in ProductFields',
    raw('"ProductFields":{"__proto__":{"polluted":"yes"},"constructor":"x"}'),
    'shown',
  ],
  [
    '__proto__ in tags',
    (document) => inResource({ Tags: JSON.parse('{"__proto__":"x","constructor":"y"}') })(document),
    'shown',
  ],
  ['the same key twice, the last of them wrong', raw('"Title":null'), /Title/],
  ['240 KB', padded(240 * 1024), 'shown'],
];

/** Places that a bot in the usual partition need not know, as finding and resource. */
const ELSEWHERE = [
  ['China', 'cn-north-1', 'aws-cn'],
  ['GovCloud', 'us-gov-west-1', 'aws-us-gov'],
  ['a Region that is yet to open', 'mx-central-7', 'aws'],
] as const;

const OCSF: readonly (readonly [string, (document: ReturnType<typeof controlOcsf>) => object, End])[] = [
  ['as it is', (document) => document, 'shown'],
  ['without metadata', ({ metadata: _, ...document }) => document, /metadata/],
  ['without resources', (document) => ({ ...document, resources: [] }), /resources/],
  [
    'its times NaN',
    (document) => ({
      ...document,
      time: NaN,
      time_dt: 'NaN',
      finding_info: { ...document.finding_info, modified_time: NaN, modified_time_dt: 'NaN' },
    }),
    /time/,
  ],
  [
    'its class unheard of',
    (document) => ({ ...document, class_uid: 6_003, class_name: 'API Activity' }),
    'left',
  ],
  ['compliance null', (document) => ({ ...document, compliance: null }), /compliance/],
  ['severity a list', (document) => ({ ...document, severity: ['High'], severity_id: [4] }), /severity/],
  [
    '2,000 of its resources',
    (document) => ({ ...document, resources: Array.from({ length: 2_000 }, () => document.resources[0]) }),
    'shown',
  ],
  [
    'prototypes among its keys',
    (document) =>
      raw('"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}')({ ...document }),
    'shown',
  ],
];

/** Messages that are no event with findings. */
const BODIES: readonly (readonly [string, () => string])[] = [
  ['nothing but a brace', () => '{'],
  ['a number', () => '7'],
  ['null', () => 'null'],
  ['a list of 10,000 nulls', () => JSON.stringify(Array.from({ length: 10_000 }, () => null))],
  ['an event without detail', () => event('Security Hub Findings - Imported', null)],
  ['findings that are no list', () => event('Security Hub Findings - Imported', { findings: { 0: base() } })],
  [
    '10,000 findings of null',
    () => event('Security Hub Findings - Imported', { findings: Array.from({ length: 10_000 }, () => null) }),
  ],
  ['JSON 10,000 levels deep', () => `${'{"detail":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  [
    'nearly a megabyte of one finding',
    () => asffEvent({ ...base({ resource: fresh() }), Title: 'x'.repeat(1_040_000), UpdatedAt: null }),
  ],
  ['the largest message that there is', () => 'x'.repeat(1_048_576)],
];

const PROTOTYPES = [Object.prototype, Array.prototype, String.prototype];
const OWN_KEYS = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype));

/** Sends a message beside a good one, and says what became of it. */
async function become(body: string) {
  const { quarantine } = stage.bot;
  const before = (await stage.people.calls()).length;
  const good = fresh();
  const messageId = await stage.send(body);
  await stage.send(imported(base({ resource: good })));
  await stage.drain();

  // Whatever it is, nothing else goes with it, and nothing stays behind.
  expect(await stateOf(good)).toBe('open');
  expect(await deadLetters()).toBe(0);
  expect(PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype))).toEqual(OWN_KEYS);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  for (const { args, result } of (await stage.people.calls()).slice(before)) {
    expect(result['ok']).toBe(true);
    if ('blocks' in args) expect(checkMessage(args)).toEqual([]);
  }
  const kept = await quarantine.find(messageId);
  const logged = (stage.logged as string[])
    .splice(0)
    .filter((line) => !line.startsWith('message quarantined'));
  return { kept, original: kept && (await quarantine.original(kept)), logged };
}

async function stateOf(resource: string): Promise<string | undefined> {
  const requests = await stage.bot.intake.requests.ofAccount('111122223333');
  for (const request of requests) {
    const found = (await stage.bot.intake.issues.of(request)).find(({ resource: { id } }) => id === resource);
    if (found) return found.state;
  }
  return undefined;
}

async function deadLetters(): Promise<number> {
  const { Attributes } = await stage.world.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: stage.world.deadLetterUrls.findings,
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}

/** The field for which it was laid aside, as it came; else what has become of the issue. */
async function endOf(body: string, resource = ''): Promise<string> {
  const { kept, original, logged } = await become(body);
  expect(logged).toEqual([]);
  if (kept === undefined) return (await stateOf(resource)) === 'open' ? 'shown' : 'left';
  const [refusal] = kept.refusals;
  expect(refusal?.problem).toMatch(/^.{10,250}$/);
  expect(original).toBe(body);
  return `aside for ${refusal?.field}`;
}

describe('a finding whose document is not as it should be', () => {
  test.each(ALTERED)('%s', async (_, alter, end) => {
    const resource = fresh();
    const body = asffEvent(alter(JSON.parse(JSON.stringify(base({ resource })))));
    expect(await endOf(body, resource)).toMatch(end);
  });
});

test.each(ELSEWHERE)('a finding of %s: shown', async (_, region, partition) => {
  const resource = `arn:${partition}:s3:::example-${region}`;
  const body = asffEvent(base({ region, partition, resource }));
  expect(await endOf(body, resource)).toBe('shown');
});

test.each(OCSF)('a finding of Security Hub V2, %s', async (_, alter, end) => {
  const resource = fresh();
  const document = controlOcsf({ control: 'S3.5', severity: 'HIGH', resourceType: 'AwsS3Bucket', resource });
  const body = importedV2(alter(document));
  expect(await endOf(body, resource)).toMatch(end);
});

test.each(BODIES)('a message that is %s: laid aside as it came', async (_, make) => {
  const body = make();
  expect(await endOf(body)).toMatch(/^aside for /);
});
