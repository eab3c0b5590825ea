import { type CliOperations, cliMistakes } from '../../src/playbooks';

const KNOWN: CliOperations = {
  ec2: {
    'describe-instances': ['filters', 'instance-ids', 'dry-run'],
    'authorize-security-group-ingress': ['group-id'],
  },
  s3api: { 'get-object': ['bucket', 'key'], 'put-bucket-acl': ['bucket', 'acl'] },
  rds: { 'modify-db-instance': ['db-instance-identifier', 'publicly-accessible'] },
};

test.each([
  'aws ec2 describe-instances --filters Name=a,Values=b --query "Reservations[].{A:B}" --output table',
  `aws ec2 describe-instances --query "x[?a=='b | c' && d]" --region us-east-1`,
  'aws ec2 describe-instances --no-dry-run',
  'aws ec2 authorize-security-group-ingress --group-id ID --protocol tcp --port 22 --cidr CIDR',
  'aws rds modify-db-instance --db-instance-identifier ID --no-publicly-accessible',
  'aws s3 ls s3://BUCKET --recursive --summarize',
  'aws s3api get-object --bucket BUCKET --key KEY FILE',
  'aws ec2 wait instance-stopped --instance-ids ID',
  'aws s3api put-bucket-acl --bucket B --acl private && aws s3 ls s3://B',
  'aws ec2 describe-instances --output text | sort | uniq -c',
])('%s can be run', (line) => {
  expect(cliMistakes(line, KNOWN)).toEqual([]);
});

test.each([
  ['aws ec3 describe-instances', 'the AWS CLI has no service ec3'],
  ['aws ec2 describe-instance', 'ec2 has no operation describe-instance'],
  ['aws ec2 describe-instances --instance-id ID', 'ec2 describe-instances has no option --instance-id'],
  ['aws ec2 describe-instances ID', 'ec2 describe-instances takes no ID without an option before it'],
  [
    'aws ec2 describe-instances --query "x',
    'a quote is not closed in: aws ec2 describe-instances --query "x',
  ],
  ['aws s3 ls && rm -rf /', 'rm is no command of the AWS CLI; write each command as a line of its own'],
  ['aws s3 ls | sh', 'sh is no command of the AWS CLI; write each command as a line of its own'],
  ['aws s3 copy a b', 's3 has no operation copy'],
])('%s is refused', (line, mistake) => {
  expect(cliMistakes(line, KNOWN)).toEqual([mistake]);
});
