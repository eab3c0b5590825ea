import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../local/embedded';
import { type Bulletin, bulletinRef } from '../src/bulletins';
import type { Issue, Request } from '../src/requests';
import type { StormTable } from './storm-audit';

interface Where {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type Item = Readonly<Record<string, unknown>>;

async function scan({ environment }: Where, about: object): Promise<{ items: Item[]; count: number }> {
  const client = new DynamoDBClient({
    region: LOCAL_REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
  });
  const documents = DynamoDBDocumentClient.from(client);
  const items: Item[] = [];
  let count = 0;
  let from: Record<string, unknown> | undefined;
  try {
    do {
      const page = await documents.send(
        new ScanCommand({
          TableName: environment['TABLE_NAME'],
          ConsistentRead: true,
          ...about,
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      items.push(...(page.Items ?? []));
      count += page.Count ?? 0;
      from = page.LastEvaluatedKey;
    } while (from);
    return { items, count };
  } finally {
    client.destroy();
  }
}

/** How many requests and issues wait for a bulletin to tell them. */
export function untoldRecords(where: Where): Promise<number> {
  return countWhere(UNTOLD, where);
}

/** The same, with every record that has something left to do; imported accounts have, and the clock comes to them later. */
export function restlessRecords(where: Where): Promise<number> {
  return countWhere(`(attribute_exists(unsettled) AND #type <> :account) OR ${UNTOLD}`, where, {
    ':account': 'account',
  });
}

const UNTOLD = 'attribute_exists(held) OR (#type = :issue AND attribute_exists(waiting))';

async function countWhere(
  FilterExpression: string,
  where: Where,
  values: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { count } = await scan(where, {
    Select: 'COUNT',
    FilterExpression,
    ExpressionAttributeNames: { '#type': 'type' },
    ExpressionAttributeValues: { ':issue': 'issue', ...values },
  });
  return count;
}

/** Everything that an audit looks at. */
export async function readStormTable(where: Where): Promise<StormTable> {
  const { items } = await scan(where, {});
  const of = (type: string) => items.filter((item) => item['type'] === type);
  const bulletins = new Map(
    of('bulletin').map((item) => [item['pk'], bulletinRef(item as unknown as Bulletin)]),
  );
  const told = new Map<string, Set<string>>();
  for (const line of of('line')) {
    const bulletin = bulletins.get(line['pk']);
    if (bulletin === undefined || line['about'] !== 'request' || line['told'] !== true) continue;
    told.set(bulletin, (told.get(bulletin) ?? new Set()).add(String(line['ref'])));
  }
  return {
    requests: of('request') as unknown as readonly Request[],
    issues: of('issue') as unknown as readonly Issue[],
    told,
  };
}
