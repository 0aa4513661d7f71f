import type { Figure } from './figure.ts';
import { tableOf } from './table.ts';

/** What the command ends with: the figures, and how many of those that promise something hold it. */
export function summaryOf(
  figures: readonly Figure[],
  { machine, interrupted }: { machine: string; interrupted: boolean },
): string {
  if (interrupted && figures.length === 0)
    return 'Interrupted before the first figure: nothing was measured.';
  const promised = figures.filter(({ goal }) => goal);
  const met = promised.filter((figure) => figure.met);
  return [
    `${machine}\n\n${tableOf(figures)}`,
    ...(promised.length > 0 ? [`${met.length} of ${promised.length} goals met.`] : []),
    ...(interrupted ? ['Interrupted: only measurements that had ended are above.'] : []),
  ].join('\n\n');
}
