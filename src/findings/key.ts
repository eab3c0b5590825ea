import type { FindingKey } from './finding';
import type { ProductArn } from './product-arn';

/**
 * The key under which a finding is known, the same for its ASFF and its OCSF form: the product ARN in one spelling
 * (`product/` for `productv2/`, and the account part that belongs there: none for AWS's own products, that of the
 * path for a product of one's own), `|`, and the finding's id.
 */
export function findingKey(product: ProductArn, id: string): FindingKey {
  const { partition, region, company, name } = product;
  return `arn:${partition}:securityhub:${region}:${accountPart(product)}:product/${company}/${name}|${id}` as FindingKey;
}

function accountPart({ account, company }: ProductArn): string {
  if (company === 'aws') return '';
  return account === '' && /^\d{12}$/.test(company) ? company : account;
}
