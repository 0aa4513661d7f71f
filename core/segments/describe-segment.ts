import { formatTime } from './format-time.ts';
import type { Passage } from './liveliness.ts';

/** A difference that one hears. */
const audibleDb = 2;

/** `12:40, a lively exchange`. */
export function titleOf(startSeconds: number, passage: Passage, whole: Passage): string {
  return `${formatTime(startSeconds)}, ${characterOf(passage, whole)}`;
}

function characterOf(passage: Passage, whole: Passage): string {
  const { gainDb } = passage;
  if (gainDb === undefined) return 'a silent passage';
  if (isExchange(passage, whole)) return 'a lively exchange';
  if (hasOutburst(passage, whole)) return 'an outburst';
  const flows = comparePauses(passage, whole) === 'few';
  if (gainDb >= audibleDb) return flows || isFast(passage, whole) ? 'a lively passage' : 'a loud passage';
  if (isFast(passage, whole)) return 'a fast passage';
  if (gainDb <= -audibleDb) return 'a quiet passage';
  return flows ? 'a fluent passage' : 'an even passage';
}

/** Why it was chosen, in words made from the figures that it was chosen by. */
export function reasonOf(passage: Passage, whole: Passage, cutsInPauses: boolean): string {
  if (passage.gainDb === undefined) return 'Silent throughout: nothing livelier is left in this part.';
  const clauses = [
    isExchange(passage, whole) && turnsClause(passage, whole),
    hasOutburst(passage, whole) &&
      `${percent(passage.burstShare)} of it sounds like laughter, applause or other noise`,
    isFast(passage, whole) && tempoClause(passage, whole),
    loudnessClause(passage.gainDb),
    pauseClause(passage, whole),
  ].filter((clause) => clause !== false);
  const sentence = clauses.join(', ').replace(/^./, (letter) => letter.toUpperCase());
  return cutsInPauses ? `${sentence}; begins and ends in a pause.` : `${sentence}.`;
}

function isExchange(passage: Passage, whole: Passage): boolean {
  return passage.turnsPerMinute >= 4 && passage.turnsPerMinute >= 1.5 * whole.turnsPerMinute;
}

function hasOutburst(passage: Passage, whole: Passage): boolean {
  return passage.burstShare >= 0.1 && passage.burstShare >= 2 * whole.burstShare;
}

function isFast(passage: Passage, whole: Passage): boolean {
  return passage.syllablesPerSecond >= 2 && passage.syllablesPerSecond >= 1.15 * whole.syllablesPerSecond;
}

function turnsClause(passage: Passage, whole: Passage): string {
  const [here, usually] = [passage, whole].map(({ turnsPerMinute }) => Math.round(turnsPerMinute));
  return `the voice changes ${here} times a minute, against ${usually} in the whole`;
}

function tempoClause(passage: Passage, whole: Passage): string {
  const faster = passage.syllablesPerSecond / Math.max(0.1, whole.syllablesPerSecond) - 1;
  return `spoken faster than most of the recording (+${percent(faster)})`;
}

function loudnessClause(gainDb: number): string {
  if (gainDb >= audibleDb) return `louder than what is around it (+${Math.round(gainDb)} dB)`;
  if (gainDb <= -audibleDb) return `quieter than what is around it (−${Math.round(-gainDb)} dB)`;
  return 'about as loud as the rest';
}

function pauseClause(passage: Passage, whole: Passage): string {
  const share = `${percent(passage.pauseShare)} of it, against ${percent(whole.pauseShare)} of the whole`;
  switch (comparePauses(passage, whole)) {
    case 'none':
      return 'in a recording without pauses';
    case 'few':
      return passage.pauseShare < 0.005 ? 'without a pause' : `with few pauses (${share})`;
    case 'many':
      return `with many pauses (${share})`;
    case 'usual':
      return 'with the usual pauses';
  }
}

function comparePauses(passage: Passage, whole: Passage): 'none' | 'few' | 'many' | 'usual' {
  const [pauses, usualPauses] = [passage.pauseShare, whole.pauseShare];
  if (usualPauses < 0.005) return 'none';
  if (pauses * 1.5 <= usualPauses) return 'few';
  // The second half: where most of the recording is silent already, what counts is how little sounds.
  if (pauses >= usualPauses * 1.5 || (1 - pauses) * 1.5 <= 1 - usualPauses) return 'many';
  return 'usual';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
