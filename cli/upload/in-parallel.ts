/** Works on all values, `lanes` at a time. The first error stops the others, and is thrown once they have stopped. */
export async function inParallel<Value>(
  values: Value[],
  lanes: number,
  signal: AbortSignal,
  work: (value: Value, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const waiting = values.values();
  let firstError: unknown;

  async function lane() {
    for (const value of waiting) {
      if (either.aborted) return;
      try {
        await work(value, either);
      } catch (error) {
        firstError ??= error;
        failure.abort();
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  signal.throwIfAborted();
  if (firstError) throw firstError;
}
