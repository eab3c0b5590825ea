/** Options of each operation, by service and operation, as the AWS CLI names them. */
export type CliOperations = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Options that every command of the AWS CLI takes: https://docs.aws.amazon.com/cli/latest/reference/#global-options */
const GLOBAL: readonly string[] = [
  'cli-binary-format',
  'cli-input-json',
  'cli-input-yaml',
  'endpoint-url',
  'max-items',
  'no-cli-pager',
  'no-paginate',
  'no-sign-request',
  'output',
  'page-size',
  'profile',
  'query',
  'region',
  'starting-token',
];

/**
 * What the AWS CLI adds to the API's own operations: options, whole commands, and operations newer than the models that the
 * others were read from. Its reference has them: https://docs.aws.amazon.com/cli/latest/reference/
 */
const ADDED: CliOperations = {
  cloudtrail: { 'validate-logs': ['trail-arn', 'start-time', 'end-time', 's3-bucket', 's3-prefix'] },
  configservice: { 'put-configuration-recorder': ['recording-group'] },
  ec2: {
    'authorize-security-group-egress': ['protocol', 'port', 'cidr', 'source-group'],
    'authorize-security-group-ingress': ['protocol', 'port', 'cidr', 'source-group'],
    'revoke-security-group-egress': ['protocol', 'port', 'cidr', 'source-group'],
    'revoke-security-group-ingress': ['protocol', 'port', 'cidr', 'source-group'],
    'create-network-acl-entry': ['ingress'],
    'delete-network-acl-entry': ['ingress'],
    'run-instances': ['associate-public-ip-address', 'count', 'secondary-private-ip-address-count'],
  },
  ecs: { 'execute-command': [] },
  eks: {
    'update-cluster-version': ['kubernetes-version'],
    'update-kubeconfig': ['name', 'role-arn', 'alias', 'kubeconfig', 'dry-run'],
    'update-nodegroup-version': ['kubernetes-version'],
  },
  iam: {
    'create-virtual-mfa-device': ['outfile', 'bootstrap-method'],
    'enable-organizations-root-credentials-management': [],
    'enable-organizations-root-sessions': [],
    'list-organizations-features': [],
  },
  logs: { tail: ['since', 'follow', 'filter-pattern', 'format', 'log-stream-names'] },
  s3: {
    cp: ['recursive', 'exclude', 'include', 'sse', 'sse-kms-key-id', 'acl', 'dryrun'],
    ls: ['recursive', 'summarize', 'human-readable'],
    mv: ['recursive', 'exclude', 'include'],
    presign: ['expires-in'],
    rm: ['recursive', 'exclude', 'include', 'dryrun'],
    sync: ['delete', 'exclude', 'include', 'dryrun'],
  },
};
/** These take what they are about without an option: a bucket, a log group, a file to write. */
const POSITIONAL = new Set(['s3', 'logs tail', 's3api get-object', 'lambda invoke']);

/** What may stand after a `|`: what every shell has, and jq. */
const FILTERS = new Set([
  'base64',
  'cut',
  'grep',
  'head',
  'jq',
  'openssl',
  'sort',
  'tail',
  'tr',
  'uniq',
  'wc',
]);

/** A word of the shell; quotes are taken off. Undefined when one of them is not closed. */
function wordsOf(line: string): readonly string[] | undefined {
  const words: string[] = [];
  const word = /\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+)/y;
  while (word.lastIndex < line.trimEnd().length) {
    const found = word.exec(line);
    if (found === null) return undefined;
    words.push(found[1]?.replaceAll(/^["']|["']$/g, '') ?? '');
  }
  return words;
}

/** The commands of a line, split where quotes do not stand around the sign. */
function commandsOf(line: string): readonly { readonly sign: string; readonly command: string }[] {
  const parts: { sign: string; command: string }[] = [{ sign: '', command: '' }];
  for (const [piece = ''] of line.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|&&|\||[^"'&|]+|[&"']/g)) {
    if (piece === '&&' || piece === '|') parts.push({ sign: piece, command: '' });
    else {
      const last = parts.at(-1);
      if (last) last.command += piece;
    }
  }
  return parts.map(({ sign, command }) => ({ sign, command: command.trim() }));
}

/**
 * What is wrong with a line of the AWS CLI: a service, operation or option that there is not. Values are not looked at.
 * @returns each mistake with what to write instead; none when the line can be run
 */
export function cliMistakes(line: string, operations: CliOperations): readonly string[] {
  return commandsOf(line).flatMap(({ sign, command }) => {
    const words = wordsOf(command);
    if (words === undefined) return [`a quote is not closed in: ${command}`];
    const [program = '', ...rest] = words;
    if (program === 'aws') return awsMistakes(rest, operations);
    if (sign === '|' && FILTERS.has(program)) return [];
    return [`${program || 'nothing'} is no command of the AWS CLI; write each command as a line of its own`];
  });
}

function awsMistakes([service = '', operation = '', ...rest]: readonly string[], operations: CliOperations) {
  const known = { ...operations[service], ...ADDED[service] };
  if (operations[service] === undefined && ADDED[service] === undefined) {
    return [`the AWS CLI has no service ${service}`];
  }
  const waits = operation === 'wait';
  if (known[operation] === undefined && !waits) return [`${service} has no operation ${operation}`];
  const options = new Set([
    ...GLOBAL,
    ...(operations[service]?.[operation] ?? []),
    ...(ADDED[service]?.[operation] ?? []),
  ]);
  const name = `${service} ${operation}`;
  const given = rest.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')[0] ?? '');
  const wrong = given.filter((option) => !options.has(option) && !options.has(option.replace(/^no-/, '')));
  const [first] = rest;
  const stray =
    first !== undefined &&
    !first.startsWith('--') &&
    !waits &&
    !POSITIONAL.has(service) &&
    !POSITIONAL.has(name);
  return [
    ...(waits ? [] : wrong.map((option) => `${name} has no option --${option}`)),
    ...(stray ? [`${name} takes no ${first} without an option before it`] : []),
  ];
}
