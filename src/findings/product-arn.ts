/** `arn:aws::securityhub:…` with one colon too many is how GuardDuty's own documentation prints it. */
const PRODUCT_ARN =
  /^arn:(aws(?:-[a-z]+)*)::?securityhub:([a-z0-9-]*):(\d{12})?:product(?:v2)?\/([\w.-]+)\/([\w./-]+)$/;

/** The parts of a Security Hub product ARN. */
export interface ProductArn {
  readonly partition: string;
  /** Empty when the ARN names none. */
  readonly region: string;
  /** Empty for AWS's own products. */
  readonly account: string;
  /** `aws`, a partner's name, or an account id for a product of one's own. */
  readonly company: string;
  readonly name: string;
}

/** Takes a product ARN of any partition, `product/` or `productv2/`, apart; undefined when it is none. */
export function productArn(text: string): ProductArn | undefined {
  const parts = PRODUCT_ARN.exec(text);
  if (parts === null) return undefined;
  const [, partition = '', region = '', account = '', company = '', name = ''] = parts;
  return { partition, region, account, company, name };
}
