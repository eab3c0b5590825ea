/**
 * The arrows of the house: handlers → blocks → src, handlers → src, local → handlers, infra → names only.
 *
 * Read with swc, because dependency-cruiser cannot use TypeScript 7. swc sees every import and export
 * statement, type-only ones too, but not inline `import('…').T` types; the linter forbids those.
 */

/** Matches a package whether or not it is installed (packages of types only do not resolve). */
const packages = (names) => `(^|node_modules/)(@types/)?(${names})(/|$)`;

const SLACK_PAYLOADS = packages('@slack/(bolt|types)');
const SLACK_CLIENT = packages('@slack/web-api');
const LAMBDA_EVENTS = packages('aws-lambda|@aws-lambda-powertools/[^/]+');
const AWS_SDK = packages('@aws-sdk/[^/]+|@smithy/[^/]+');

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'src-is-the-core',
      comment: 'src decides; it does not know who calls it, how it looks or where it runs.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(handlers|blocks|local|infra|commands|tests|bench)/' },
    },
    {
      name: 'src-knows-no-slack-payload',
      comment: 'Bolt belongs to handlers, Block Kit to blocks.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: SLACK_PAYLOADS },
    },
    {
      name: 'src-knows-no-lambda-event',
      comment: 'Lambda events are read in handlers.',
      severity: 'error',
      // Logger and metrics are libraries for any Node.js program that happen to be published for Lambda.
      from: { path: '^src/', pathNot: '^src/(log|metrics)/' },
      to: { path: LAMBDA_EVENTS },
    },
    {
      name: 'aws-through-a-gateway',
      comment: 'Only src/aws, src/store and src/queues speak to AWS; a capability asks them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(aws|store|queues)/' },
      to: { path: AWS_SDK },
    },
    {
      name: 'slack-through-a-gateway',
      comment: 'Only src/slack speaks to Slack; a capability asks it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/slack/' },
      to: { path: SLACK_CLIENT },
    },
    {
      name: 'through-the-index',
      comment:
        "A folder of src reaches another only through its index.ts; what is not exported there is that folder's own.",
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'blocks-only-render',
      comment:
        'A block is a pure function of a record and a language: no calls to AWS or Slack, no payloads.',
      severity: 'error',
      from: { path: '^blocks/' },
      to: { path: [AWS_SDK, SLACK_CLIENT, LAMBDA_EVENTS, packages('@slack/bolt')] },
    },
    {
      name: 'blocks-reach-src-only',
      severity: 'error',
      from: { path: '^blocks/' },
      to: { path: '^(handlers|local|infra|commands|tests|bench)/' },
    },
    {
      name: 'handlers-reach-blocks-and-src-only',
      severity: 'error',
      from: { path: '^handlers/' },
      to: { path: '^(local|infra|commands|tests|bench)/' },
    },
    {
      name: 'infra-knows-names-only',
      comment:
        'Infrastructure bundles handlers by path and shares constants; it runs none of the program. Only what compiles data files is shared: who bundles them compiles them.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(src|handlers|blocks|local|commands|tests|bench)/', pathNot: '^src/config/index\\.ts$' },
    },
    {
      name: 'infra-shares-names-only',
      comment:
        'The local run builds the same table and queues from infra/resources.ts, without the CDK. The bench measures the bundles that are deployed.',
      severity: 'error',
      from: { path: '^(local|commands|bench)/', pathNot: '^bench/functions\\.ts$' },
      to: { path: '^infra/', pathNot: '^infra/resources\\.ts$' },
    },
    {
      name: 'tests-stay-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circles-between-folders',
      comment: 'Two folders that need each other are one folder, or miss a third.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/' },
      to: { circular: true },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdk\\.out|\\.cache|\\.secops|coverage)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.cjs', '.json'],
      conditionNames: ['require', 'node', 'default'],
    },
  },
};
