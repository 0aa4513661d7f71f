/** Keeps a value in this browser. Where storage is full or forbidden nothing is kept, and nothing breaks. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {}
}

/** What was kept, laid over `otherwise`, so that settings of an older page still fit. */
export function recall<T extends object>(key: string, otherwise: T): T {
  try {
    return { ...otherwise, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<T>) };
  } catch {
    return otherwise;
  }
}
