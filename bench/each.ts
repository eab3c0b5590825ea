const AT_ONCE = 20;

/** Does so many things, some at a time. */
export async function each(count: number, act: (number: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < count; number = next++) await act(number);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
