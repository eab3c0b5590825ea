import type { FindingKey } from './finding';
import type { ProductArn } from './product-arn';

/**
 * A product's ARN in one spelling, the one that Security Hub's API takes: `product/` for `productv2/`, and the account
 * part that belongs there: none for AWS's own products, that of the path for a product of one's own.
 */
export function canonicalProductArn(product: ProductArn): string {
  const { partition, region, company, name } = product;
  return `arn:${partition}:securityhub:${region}:${accountPart(product)}:product/${company}/${name}`;
}

/** The key under which a finding is known, the same in every format: the product's ARN, `|`, and the finding's id. */
export function findingKey(product: ProductArn, id: string): FindingKey {
  return `${canonicalProductArn(product)}|${id}` as FindingKey;
}

function accountPart({ account, company }: ProductArn): string {
  if (company === 'aws') return '';
  return account === '' && /^\d{12}$/.test(company) ? company : account;
}
