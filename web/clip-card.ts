import { formatTime } from '../core/segments/format-time.ts';
import { clipFiles } from './clip-files.ts';
import { el, setText } from './dom.ts';
import { formatSize } from './format.ts';
import type { ClipAnswer, SegmentAnswer } from './wire-types.ts';

export interface ClipCard {
  element: HTMLElement;
  show(segment: SegmentAnswer): void;
  /** The addresses of a finished clip. They die within an hour: fresh ones are given again, and a player goes on. */
  play(clip: ClipAnswer): void;
}

/** One clip: what it is and why, how far it is, then its player and its download. `onStale`: an address no longer works. */
export function clipCard(segment: SegmentAnswer, onStale: () => void): ClipCard {
  const state = el('div', { className: 'clip-state' });
  const frame = el('div', { className: 'clip-frame' }, state);
  const facts = el('p', { className: 'clip-facts' });
  const error = el('p', { className: 'errors', hidden: true });
  const footer = el('div', { className: 'actions' });
  const video = el('video', { controls: true, preload: 'none', playsInline: true, onerror: onStale });
  video.setAttribute('aria-label', `Clip ${segment.id}: ${segment.title}`);
  const download = el('a', {
    className: 'button',
    'aria-label': `Download clip ${segment.id}: ${segment.title}`,
  });
  download.textContent = 'Download';

  const track = el('track', { kind: 'captions', label: 'Captions' });
  const files = clipFiles(segment);

  const element = el(
    'article',
    { className: 'clip', id: `clip-${segment.id}`, tabIndex: -1 },
    frame,
    el(
      'div',
      { className: 'clip-words' },
      el('h2', {}, segment.title),
      el('p', { className: 'clip-reason' }, segment.reason),
      facts,
      error,
      footer,
      files.element,
    ),
  );
  const range = `${formatTime(segment.start_time)}–${formatTime(segment.end_time)}`;

  return {
    element,
    show({ clip_status, clip_percent, error_message }) {
      element.dataset.state = clip_status;
      setText(state, stateWords(clip_status, clip_percent));
      error.hidden = clip_status !== 'failed';
      setText(error, error_message ?? '');
      if (!facts.textContent) setText(facts, range);
    },
    play({ video_url, download_url, poster_url, duration, size, files: all }) {
      const seconds = video.currentTime;
      const wasPlaying = !video.paused && !video.ended;
      const captions = all.find(({ format }) => format === 'vtt');
      if (captions) {
        // A track of another origin needs CORS, and then the video does, too.
        video.crossOrigin = 'anonymous';
        track.src = captions.url;
        if (!track.isConnected) video.append(track);
      }
      video.poster = poster_url;
      video.src = video_url;
      if (seconds > 0) video.currentTime = seconds;
      if (wasPlaying) void video.play().catch(() => {});
      download.href = download_url;
      files.show(all);
      setText(facts, `${range} · ${Math.round(duration * 10) / 10} s · ${formatSize(size)}`);
      if (video.isConnected) return;
      state.replaceWith(video);
      footer.append(download);
    },
  };
}

function stateWords(status: SegmentAnswer['clip_status'], percent: number): string {
  switch (status) {
    case 'pending':
      return 'Waiting';
    case 'rendering':
      return `Cutting, ${percent} %`;
    case 'completed':
      return 'Ready';
    case 'failed':
      return 'Not cut';
    default:
      return status satisfies never;
  }
}
