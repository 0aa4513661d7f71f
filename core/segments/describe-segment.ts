import { formatTime } from './format-time.ts';
import type { Passage } from './liveliness.ts';

/** A difference that one hears. */
const audibleDb = 2;

/** `12:40, a lively passage`. */
export function titleOf(startSeconds: number, passage: Passage, whole: Passage): string {
  return `${formatTime(startSeconds)}, ${characterOf(passage, whole)} passage`;
}

function characterOf(passage: Passage, whole: Passage): string {
  const gainDb = passage.gainDb;
  if (gainDb === undefined) return 'a silent';
  const flows = comparePauses(passage, whole) === 'few';
  if (gainDb >= audibleDb) return flows ? 'a lively' : 'a loud';
  if (gainDb <= -audibleDb) return 'a quiet';
  return flows ? 'a fluent' : 'an even';
}

/** Why it was chosen, in words made from the figures that it was chosen by. */
export function reasonOf(passage: Passage, whole: Passage, cutsInPauses: boolean): string {
  if (passage.gainDb === undefined) return 'Silent throughout: nothing livelier is left in this part.';
  const sentence = `${loudnessClause(passage.gainDb)}, ${pauseClause(passage, whole)}`;
  return cutsInPauses ? `${sentence}; begins and ends in a pause.` : `${sentence}.`;
}

function loudnessClause(gainDb: number): string {
  if (gainDb >= audibleDb) return `Louder than most of the recording (+${Math.round(gainDb)} dB)`;
  if (gainDb <= -audibleDb) return `Quieter than most of the recording (−${Math.round(-gainDb)} dB)`;
  return 'About as loud as the rest';
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
