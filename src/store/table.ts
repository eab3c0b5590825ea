import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

/** The two key attributes of every item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Key & Record<string, unknown>;

/** The indexes of the table; each is sparse: an item without the index's attributes is not in it. */
export type IndexName = 'clock' | 'byOwner' | 'byUrgency' | 'byChange';

const INDEX_KEYS: Record<IndexName, { readonly pk: string; readonly sk: string }> = {
  clock: { pk: 'clockPk', sk: 'nextAt' },
  byOwner: { pk: 'ownerPk', sk: 'urgency' },
  byUrgency: { pk: 'urgencyPk', sk: 'urgency' },
  byChange: { pk: 'openPk', sk: 'openSk' },
};

export interface Page {
  readonly items: readonly Item[];
  /** Pass it back to read on; undefined on the last page. */
  readonly next?: Record<string, unknown>;
}

/**
 * The one table. Every write is conditional on the record's version or its absence; there are no
 * transactions, because no record of this shape needs one and the embedded database has none.
 */
export interface Table {
  /** Consistent read of one item. */
  get(key: Key): Promise<Item | undefined>;
  /** Writes a new item. False when one stands there already. */
  create(item: Item): Promise<boolean>;
  /** Replaces the item if its `version` is still `version`. False when it has moved or gone. */
  replace(item: Item, version: number): Promise<boolean>;
  /** Writes the item whatever stands there; for items whose content follows from their key alone. */
  put(item: Item): Promise<void>;
  /** Adds 1 to `revision` and `version` and sets `attributes`. The new item; undefined when there is none. */
  raise(key: Key, attributes: Readonly<Record<string, string>>): Promise<Item | undefined>;
  /** Items of one partition in key order, consistently read. */
  query(
    pk: string,
    options?: {
      readonly begins?: string;
      readonly limit?: number;
      readonly backwards?: boolean;
      readonly from?: Record<string, unknown>;
    },
  ): Promise<Page>;
  /** All items of one partition, consistently read, page by page. */
  all(pk: string, begins?: string): Promise<readonly Item[]>;
  /** Items of one index partition in key order (eventually consistent, as indexes are). */
  index(
    name: IndexName,
    pk: string,
    options?: { readonly through?: string; readonly limit?: number; readonly from?: Record<string, unknown> },
  ): Promise<Page>;
}

/**
 * @param client a DynamoDB client; its endpoint decides whether this is AWS or the embedded database
 * @param name the table's name
 */
export function dynamoTable(client: DynamoDBClient, name: string): Table {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  const put = async (item: Item, condition?: { expression: string; values?: Record<string, unknown> }) => {
    try {
      await documents.send(
        new PutCommand({
          TableName: name,
          Item: item,
          ...(condition && { ConditionExpression: condition.expression }),
          ...(condition?.values && { ExpressionAttributeValues: condition.values }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  const query: Table['query'] = async (pk, options = {}) => {
    const answer = await documents.send(
      new QueryCommand({
        TableName: name,
        ConsistentRead: true,
        KeyConditionExpression:
          options.begins === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :begins)',
        ExpressionAttributeValues: {
          ':pk': pk,
          ...(options.begins !== undefined && { ':begins': options.begins }),
        },
        ...(options.limit !== undefined && { Limit: options.limit }),
        ...(options.backwards && { ScanIndexForward: false }),
        ...(options.from && { ExclusiveStartKey: options.from }),
      }),
    );
    return {
      items: (answer.Items ?? []) as Item[],
      ...(answer.LastEvaluatedKey && { next: answer.LastEvaluatedKey }),
    };
  };

  return {
    async get(key) {
      const answer = await documents.send(
        new GetCommand({ TableName: name, Key: { pk: key.pk, sk: key.sk }, ConsistentRead: true }),
      );
      return answer.Item as Item | undefined;
    },
    create: (item) => put(item, { expression: 'attribute_not_exists(pk)' }),
    replace: (item, version) =>
      put(item, { expression: 'version = :version', values: { ':version': version } }),
    async put(item) {
      await put(item);
    },
    async raise(key, attributes) {
      const names = Object.keys(attributes);
      try {
        const answer = await documents.send(
          new UpdateCommand({
            TableName: name,
            Key: { pk: key.pk, sk: key.sk },
            UpdateExpression: `ADD revision :one, version :one${
              names.length > 0 ? ` SET ${names.map((n) => `#${n} = :${n}`).join(', ')}` : ''
            }`,
            ConditionExpression: 'attribute_exists(pk)',
            ...(names.length > 0 && {
              ExpressionAttributeNames: Object.fromEntries(names.map((n) => [`#${n}`, n])),
            }),
            ExpressionAttributeValues: {
              ':one': 1,
              ...Object.fromEntries(names.map((n) => [`:${n}`, attributes[n]])),
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return answer.Attributes as Item;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },
    query,
    async all(pk, begins) {
      const items: Item[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await query(pk, { ...(begins !== undefined && { begins }), ...(from && { from }) });
        items.push(...page.items);
        from = page.next;
      } while (from);
      return items;
    },
    async index(index, pk, options = {}) {
      const keys = INDEX_KEYS[index];
      const answer = await documents.send(
        new QueryCommand({
          TableName: name,
          IndexName: index,
          KeyConditionExpression:
            options.through === undefined ? '#pk = :pk' : '#pk = :pk AND #sk <= :through',
          ExpressionAttributeNames: {
            '#pk': keys.pk,
            ...(options.through !== undefined && { '#sk': keys.sk }),
          },
          ExpressionAttributeValues: {
            ':pk': pk,
            ...(options.through !== undefined && { ':through': options.through }),
          },
          ...(options.limit !== undefined && { Limit: options.limit }),
          ...(options.from && { ExclusiveStartKey: options.from }),
        }),
      );
      return {
        items: (answer.Items ?? []) as Item[],
        ...(answer.LastEvaluatedKey && { next: answer.LastEvaluatedKey }),
      };
    },
  };
}
