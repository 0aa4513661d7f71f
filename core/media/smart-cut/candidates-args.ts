import { clipSize } from '../clip/clip-size.ts';
import type { ClipSpan } from '../clip/clip-span.ts';
import { ffmpegArgs } from '../ffmpeg/input-args.ts';
import {
  type CandidateFiles,
  candidateFilters,
  candidateOutputs,
  spreadInTime,
} from '../poster/candidate-args.ts';
import type { VideoFacts } from '../types.ts';
import { copiedInput } from './copied-input.ts';

/** As many pictures to choose from are enough: keyframes alone are decoded in a tenth of the time. */
const enoughKeyframes = 5;

/** Takes the pictures that may be a poster out of those of a clip that nobody decoded until now. */
export function candidatesArgs(
  picturePath: string,
  { video, span, keyframeCount }: { video: VideoFacts; span: ClipSpan; keyframeCount: number },
  files: CandidateFiles,
): string[] {
  const taken = { size: clipSize(video), select: spreadInTime(span) };
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats'],
    ...(keyframeCount < enoughKeyframes ? [] : ['-skip_frame', 'nokey']),
    ...copiedInput(picturePath, 'mov'),
    ...[
      '-filter_complex',
      `${candidateFilters(0, { input: '0:v:0', output: 'all', ...taken })};[all]nullsink`,
    ],
    ...candidateOutputs(files),
  ];
}
