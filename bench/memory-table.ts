import type { IndexName, Item, Key, Table } from '../src/store';

/**
 * The table in memory, for measurements of something else that need more records than the embedded one takes in
 * reasonable time. Of the indexes it has the clock's alone.
 */
export function memoryTable(): Table {
  const partitions = new Map<string, Map<string, Item>>();
  const find = ({ pk, sk }: Key) => partitions.get(pk)?.get(sk);
  const put = (item: Item) => {
    const partition = partitions.get(item.pk) ?? new Map<string, Item>();
    partitions.set(item.pk, partition);
    partition.set(item.sk, item);
  };
  const putIf = (condition: boolean, item: Item) => {
    if (condition) put(item);
    return condition;
  };
  const all: Table['all'] = async (pk, begins = '') =>
    [...(partitions.get(pk)?.values() ?? [])]
      .filter(({ sk }) => sk.startsWith(begins))
      .sort((a, b) => (a.sk < b.sk ? -1 : 1));
  return {
    get: async (key) => find(key),
    create: async (item) => putIf(find(item) === undefined, item),
    replace: async (item, version) => putIf(find(item)?.['version'] === version, item),
    put: async (item) => put(item),
    async raise(key, attributes) {
      const item = find(key);
      if (item === undefined) return undefined;
      const raised = {
        ...item,
        ...attributes,
        revision: Number(item['revision'] ?? 0) + 1,
        version: Number(item['version'] ?? 0) + 1,
      };
      put(raised);
      return raised;
    },
    async query(pk, { begins, limit, backwards } = {}) {
      const items = await all(pk, begins);
      return { items: (backwards ? [...items].reverse() : items).slice(0, limit) };
    },
    all,
    async index(name: IndexName, pk, { through } = {}) {
      if (name !== 'clock') throw new Error(`the table in memory has no index ${name}`);
      const items = [...partitions.values()].flatMap((partition) => [...partition.values()]);
      const due = (item: Item) => through === undefined || String(item['nextAt']) <= through;
      return { items: items.filter((item) => item['clockPk'] === pk && due(item)) };
    },
  };
}
