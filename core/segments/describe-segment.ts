import { formatTime } from './format-time.ts';
import type { Passage } from './liveliness.ts';

/** A difference that one hears. */
const audibleDb = 2;

/** `12:40, a lively exchange`. It claims no more than was measured: an exchange only where voices alternate. */
export function titleOf(startSeconds: number, passage: Passage, whole: Passage): string {
  return `${formatTime(startSeconds)}, ${characterOf(passage, whole)}`;
}

/** Nothing in it stands out but how little there is to hear. */
export function isQuiet(passage: Passage, whole: Passage): boolean {
  return quiet.includes(characterOf(passage, whole));
}

const quiet = ['a silent passage', 'a quiet passage'];

function characterOf(passage: Passage, whole: Passage): string {
  const { gainDb } = passage;
  if (gainDb === undefined) return 'a silent passage';
  if (isExchange(passage, whole)) return 'a lively exchange';
  if (hasOutburst(passage, whole)) return 'an outburst';
  const flows = comparePauses(passage, whole) === 'few';
  const isVaried = isAnimated(passage, whole);
  if (gainDb >= audibleDb) {
    return flows || isVaried || isFast(passage, whole) ? 'a lively passage' : 'a loud passage';
  }
  if (isVaried) return 'an animated passage';
  if (isFast(passage, whole)) return 'a fast passage';
  if (gainDb <= -audibleDb) return 'a quiet passage';
  return flows ? 'a fluent passage' : 'an even passage';
}

/** Why it was chosen: what stands out, with the figures that it was chosen by. */
export function reasonOf(passage: Passage, whole: Passage, cutsInPauses: boolean): string {
  if (passage.gainDb === undefined) return 'Silent throughout: nothing livelier is left in this part.';
  const clauses = [
    isExchange(passage, whole) && 'voices that answer each other',
    hasOutburst(passage, whole) &&
      `laughter, applause or other noise in ${percent(passage.burstShare)} of it`,
    isFast(passage, whole) && tempoClause(passage, whole),
    loudnessClause(passage.gainDb),
    !isExchange(passage, whole) && isAnimated(passage, whole) && toneClause(passage, whole),
    pauseClause(passage, whole),
  ].filter((clause) => clause !== false);
  const sentence = joined(clauses).replace(/^./, (letter) => letter.toUpperCase());
  return `${sentence || 'Much like the rest of the recording'}${cutsInPauses ? '; begins and ends in a pause' : ''}.`;
}

/** `a`, `a and b`, `a, b and c`. */
function joined(clauses: string[]): string {
  return [clauses.slice(0, -1).join(', '), ...clauses.slice(-1)].filter(Boolean).join(' and ');
}

/** To and fro may be chance, or somebody who laughs between two sentences; again and again is a conversation. */
function isExchange(passage: Passage, whole: Passage): boolean {
  return passage.replies >= 3 && perMinute(passage, 'replies') >= 1.5 * perMinute(whole, 'replies');
}

/** One or two changes may be chance, in a short passage they'd still be many a minute. */
function isAnimated(passage: Passage, whole: Passage): boolean {
  return (
    passage.voiceChanges >= 3 &&
    perMinute(passage, 'voiceChanges') >= Math.max(4, 1.5 * perMinute(whole, 'voiceChanges'))
  );
}

function hasOutburst(passage: Passage, whole: Passage): boolean {
  return passage.burstShare >= 0.1 && passage.burstShare >= 2 * whole.burstShare;
}

function isFast(passage: Passage, whole: Passage): boolean {
  return passage.syllablesPerSecond >= 2 && passage.syllablesPerSecond >= 1.15 * whole.syllablesPerSecond;
}

function perMinute(passage: Passage, of: 'replies' | 'voiceChanges'): number {
  return (passage[of] / passage.seconds) * 60;
}

function toneClause(passage: Passage, whole: Passage): string {
  const [here, usually] = [passage, whole].map((one) => Math.round(perMinute(one, 'voiceChanges')));
  return `a changing tone of voice (${here} changes a minute, ${usually} in the whole recording)`;
}

function tempoClause(passage: Passage, whole: Passage): string {
  const faster = passage.syllablesPerSecond / Math.max(0.1, whole.syllablesPerSecond) - 1;
  return `faster speech than in most of the recording (+${percent(faster)})`;
}

function loudnessClause(gainDb: number): string | false {
  if (gainDb >= audibleDb) return `louder than what is around it (+${Math.round(gainDb)} dB)`;
  if (gainDb <= -audibleDb) return `quieter than what is around it (−${Math.round(-gainDb)} dB)`;
  return false;
}

function pauseClause(passage: Passage, whole: Passage): string | false {
  const share = `${percent(passage.pauseShare)} of it, ${percent(whole.pauseShare)} of the whole recording`;
  switch (comparePauses(passage, whole)) {
    case 'few':
      return passage.pauseShare < 0.005 ? 'not a single pause' : `few pauses (${share})`;
    case 'many':
      return `many pauses (${share})`;
    case 'usual':
      return false;
  }
}

function comparePauses(passage: Passage, whole: Passage): 'few' | 'many' | 'usual' {
  const [pauses, usualPauses] = [passage.pauseShare, whole.pauseShare];
  if (usualPauses < 0.005) return 'usual';
  if (pauses * 1.5 <= usualPauses) return 'few';
  // The second half: where most of the recording is silent already, what counts is how little sounds.
  if (pauses >= usualPauses * 1.5 || (1 - pauses) * 1.5 <= 1 - usualPauses) return 'many';
  return 'usual';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
