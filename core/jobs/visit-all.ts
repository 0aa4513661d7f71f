/** Visits each of them, as many as `limit` at the same time, in the order in which they come. */
export async function visitAll<T>(
  all: AsyncIterable<T>,
  limit: number,
  visit: (one: T) => Promise<void>,
): Promise<void> {
  const iterator = all[Symbol.asyncIterator]();
  const visitor = async () => {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) await visit(next.value);
  };
  await Promise.all(Array.from({ length: limit }, visitor));
}
