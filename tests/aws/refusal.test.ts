import { STSServiceException } from '@aws-sdk/client-sts';
import { AwsRefused, RoleRefused, refusal, roleRefusal, sessionRefusal } from '../../src/aws/refusal';

const sts = (name: string, message = '', $fault: 'client' | 'server' = 'client') =>
  new STSServiceException({ name, message, $fault, $metadata: {} });

/** As STS says it, with what it adds where it knows why. */
const denied = (action: string, because = '') =>
  sts(
    'AccessDenied',
    `User: arn:aws:sts::999999999999:assumed-role/SecopsBot-ChangesRole/x is not authorized to perform: ${action} on resource: arn:aws:iam::777788889999:role/SecOpsBotMember${because}`,
  );

test.each([
  ['no-entry', denied('sts:AssumeRole')],
  [
    'no-entry',
    denied('sts:AssumeRole', ' because no identity-based policy allows the sts:AssumeRole action'),
  ],
  ['outdated', denied('sts:TagSession')],
  [
    'outdated',
    denied(
      'sts:SetSourceIdentity',
      ' because no resource-based policy allows the sts:SetSourceIdentity action',
    ),
  ],
  ['forbidden', denied('sts:AssumeRole', ' with an explicit deny in a service control policy')],
  ['forbidden', denied('sts:TagSession', ' with an explicit deny in a resource control policy')],
  ['no-entry', denied('sts:AssumeRole', ' with an explicit deny in a resource-based policy')],
  [
    'region-off',
    sts('RegionDisabledException', 'STS is not activated in this region for account:777788889999'),
  ],
  ['other', sts('ValidationError', '1 validation error detected')],
  ['other', sts('PackedPolicyTooLarge')],
  // Of the bot's own keys, that is: nothing about the account.
  ['other', sts('InvalidClientTokenId')],
] as const)('AssumeRole is refused: %s', (why, error) => {
  const refused = roleRefusal(error);
  expect(refused).toBeInstanceOf(RoleRefused);
  expect(refused).toMatchObject({ why, code: error.name, cause: error, name: 'RoleRefused' });
});

test.each([
  ['region-off', 'InvalidClientTokenId'],
  ['region-off', 'UnrecognizedClientException'],
  ['other', 'AccessDenied'],
] as const)('a session of the role is refused: %s by %s', (why, code) => {
  expect(sessionRefusal(sts(code))).toMatchObject({ why, code });
});

test.each([
  sts('Throttling'),
  sts('ThrottlingException'),
  sts('TooManyRequestsException'),
  sts('ExpiredTokenException'),
  sts('InternalFailure', '', 'server'),
  new TypeError('fetch failed'),
  'no error at all',
])('what passes by itself, or is no answer, is left as it is: %s', (error) => {
  for (const read of [refusal, roleRefusal, sessionRefusal]) expect(read(error)).toBe(error);
});

test('any other no of AWS is one kind of error, with AWS’s code', () => {
  const refused = refusal(sts('AccessDeniedException'));
  expect(refused).toBeInstanceOf(AwsRefused);
  expect(refused).not.toBeInstanceOf(RoleRefused);
  expect(refused).toMatchObject({ code: 'AccessDeniedException', name: 'AwsRefused' });
});
