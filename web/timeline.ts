import { formatTime } from '../core/segments/format-time.ts';
import { el } from './dom.ts';
import type { SegmentAnswer } from './wire-types.ts';

/** Where in the recording the clips lie: a strip of its whole length, with a link to the card of each. */
export function timeline(segments: SegmentAnswer[], durationSeconds: number): HTMLElement {
  const marks = segments.map(({ id, title, start_time, end_time }) => {
    const link = el('a', {
      href: `#clip-${id}`,
      title,
      'aria-label': `Clip ${id}, ${formatTime(start_time)} to ${formatTime(end_time)}: ${title}`,
      onclick(event: MouseEvent) {
        event.preventDefault();
        document.getElementById(`clip-${id}`)?.focus();
      },
    });
    link.style.insetInlineStart = `${(100 * start_time) / durationSeconds}%`;
    link.style.inlineSize = `${(100 * (end_time - start_time)) / durationSeconds}%`;
    return el('li', {}, link);
  });
  return el(
    'figure',
    { className: 'timeline' },
    el('ol', { 'aria-label': 'Where the clips lie in the recording' }, ...marks),
    el(
      'figcaption',
      { 'aria-hidden': 'true' },
      el('span', {}, '0:00'),
      el('span', {}, formatTime(durationSeconds)),
    ),
  );
}
