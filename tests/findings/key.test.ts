import { findingKey, productArn } from '../../src/findings';

const KEY = 'arn:aws:securityhub:us-east-1::product/aws/securityhub|the-id';

function keyOf(arn: string): string | undefined {
  const product = productArn(arn);
  return product && findingKey(product, 'the-id');
}

describe('findingKey', () => {
  test.each([
    ['the ASFF form', 'arn:aws:securityhub:us-east-1::product/aws/securityhub', KEY],
    ['the OCSF form', 'arn:aws:securityhub:us-east-1::productv2/aws/securityhub', KEY],
    [
      'an account part that AWS leaves out',
      'arn:aws:securityhub:us-east-1:111122223333:product/aws/securityhub',
      KEY,
    ],
    ['one colon too many', 'arn:aws::securityhub:us-east-1::product/aws/securityhub', KEY],
    [
      'a product of one’s own',
      'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default',
      'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default|the-id',
    ],
    [
      'a product of one’s own without its account part',
      'arn:aws:securityhub:us-east-1::product/111122223333/default',
      'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default|the-id',
    ],
    [
      'a partner',
      'arn:aws:securityhub:us-east-1:444455556666:product/example-partner/scanner',
      'arn:aws:securityhub:us-east-1:444455556666:product/example-partner/scanner|the-id',
    ],
    [
      'China',
      'arn:aws-cn:securityhub:cn-north-1::product/aws/securityhub',
      'arn:aws-cn:securityhub:cn-north-1::product/aws/securityhub|the-id',
    ],
  ])('writes %s in one way', (_what, arn, expected) => {
    expect(keyOf(arn)).toBe(expected);
  });

  test.each([
    '',
    'securityhub',
    'arn:aws:securityhub:us-east-1::product/aws',
    'arn:azure:securityhub:us-east-1::product/aws/securityhub',
    'arn:aws:s3:::example-reports',
    'arn:aws:securityhub:us-east-1::product/aws/securityhub|x',
    'arn:aws:securityhub:us-east-1::product/aws/security\u0000hub',
  ])('takes %j for no product', (arn) => {
    expect(productArn(arn)).toBeUndefined();
  });
});
