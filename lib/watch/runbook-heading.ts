/** The anchor that GitHub gives a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

/** Where a person reads on. */
export function runbookLink(heading: string): string {
  return `docs/runbook.md#${anchorOf(heading)}`;
}
