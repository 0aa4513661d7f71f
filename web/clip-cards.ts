import { api } from './api.ts';
import { type ClipCard, clipCard } from './clip-card.ts';
import { el } from './dom.ts';
import type { SegmentAnswer } from './wire-types.ts';

/** Addresses live for an hour at most; fresh ones are fetched well before. */
const freshMs = 40 * 60_000;
/** A clip that can't be played for another reason must not ask without end. */
const staleAfterMs = 60_000;

/** The cards of a job's clips. They stay the same elements over all updates, so that a clip plays on. */
export function clipCards(jobId: string, signal: AbortSignal) {
  const cards = new Map<number, ClipCard>();
  const playing = new Set<number>();
  const element = el('div', { className: 'clips' });
  let fetchedAt = 0;

  async function refresh(ids?: Set<number>): Promise<void> {
    const clips = await api.clips(jobId);
    if (signal.aborted) return;
    fetchedAt = Date.now();
    for (const clip of clips.filter(({ clip_id }) => ids?.has(clip_id) ?? true)) {
      cards.get(clip.clip_id)?.play(clip);
      playing.add(clip.clip_id);
    }
  }
  const refreshOlderThan = (ageMs: number) => () => {
    if (playing.size > 0 && !document.hidden && Date.now() - fetchedAt > ageMs)
      void refresh().catch(() => {});
  };
  const timer = setInterval(refreshOlderThan(freshMs), 60_000);
  document.addEventListener('visibilitychange', refreshOlderThan(freshMs), { signal });
  signal.addEventListener('abort', () => clearInterval(timer));

  return {
    element,
    async show(segments: SegmentAnswer[]): Promise<void> {
      for (const segment of segments) {
        const card = cards.get(segment.id) ?? clipCard(segment, refreshOlderThan(staleAfterMs));
        if (!cards.has(segment.id)) element.append(card.element);
        cards.set(segment.id, card);
        card.show(segment);
      }
      const ready = segments.filter(({ id, clip_status }) => clip_status === 'completed' && !playing.has(id));
      if (ready.length) await refresh(new Set(ready.map(({ id }) => id)));
    },
  };
}
