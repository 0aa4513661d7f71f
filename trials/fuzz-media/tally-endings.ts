/** How files ended, kind by kind. */
export function tallyEndings() {
  const kinds = new Map<string, Map<string, number>>();
  return {
    add(kind: string, ending: string): void {
      const endings = kinds.get(kind) ?? new Map<string, number>();
      kinds.set(kind, endings.set(ending, (endings.get(ending) ?? 0) + 1));
    },
    /** `truncated  3 damaged_media, 1 completed`, a line for each kind. */
    lines(): string[] {
      const width = Math.max(0, ...[...kinds.keys()].map(({ length }) => length));
      return [...kinds].map(([kind, endings]) => {
        const counts = [...endings].map(([ending, count]) => `${count} ${ending}`);
        return `${kind.padEnd(width)}  ${counts.join(', ')}`;
      });
    },
  };
}
