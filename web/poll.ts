import { isTransient } from './problem.ts';

const soonMs = 1000;
const laterMs = 5000;
const troubledMs = 30_000;

/**
 * Asks again and again until `ask` answers `done`: each second while there is news, ever more seldom while there is
 * none or no answer, and not at all while nobody looks at the page. Stops with `signal`; a refusal goes to `onRefused`,
 * words for who waits meanwhile to `onTrouble`: the next answer should take them away.
 */
export function poll(
  ask: () => Promise<'news' | 'same' | 'done'>,
  {
    signal,
    onRefused,
    onTrouble,
  }: { signal: AbortSignal; onRefused: (error: unknown) => void; onTrouble: (words: string) => void },
): void {
  let pauseMs = soonMs;

  async function turn(): Promise<void> {
    if (signal.aborted) return;
    if (document.hidden)
      return void document.addEventListener('visibilitychange', turn, { once: true, signal });

    try {
      const outcome = await ask();
      if (outcome === 'done') return;
      pauseMs = outcome === 'news' ? soonMs : Math.min(laterMs, pauseMs * 1.3);
    } catch (error) {
      if (!isTransient(error)) return onRefused(error);
      if (!signal.aborted) onTrouble('The service does not answer. It is asked again …');
      pauseMs = Math.min(troubledMs, pauseMs * 2);
    }
    setTimeout(turn, pauseMs);
  }
  void turn();
}
