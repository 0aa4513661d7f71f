import { firstByteSeconds, repeated } from '../../bench/work-of.ts';
import { networkBytesASecond, predictSample } from '../../core/cost/choose-memory.ts';
import { prices } from '../../core/cost/prices.ts';
import { gbSecondsOf } from '../../core/cost/total-use.ts';
import { limits } from '../../core/limits.ts';
import { jobCosts, others, unshown, wholeDollars } from './cost-table.ts';
import { clipReads, counted, jobSeconds, measured, stepSeconds, typical, works } from './typical-job.ts';

/** The least of what AWS says, see bench/work-of.ts. */
const slowFirstByteSeconds = 0.1;

/** What docs/cost.md says in sentences, by what it is about. */
export function costClaims(): [about: string, words: string][] {
  const { whole, rendering, transcribed } = jobCosts();
  const seconds = (count: number) => `${Math.round(count)} s`;
  const peak = (step: string) => Math.round(measured(`memory.${step}`));
  const clip = (megabytes: number) => predictSample(works.clip, megabytes);
  const lambda = (megabytes: number) => gbSecondsOf(clip(megabytes)) * prices.lambda.gbSecond;
  const longestClip = repeated(works.clip, (limits.renderedSeconds / typical.clipSeconds) * 2);
  const longest = (megabytes: number) => predictSample(longestClip, megabytes).milliseconds / 1000;
  const guessed = (step: 'probe' | 'small') => (stepSeconds(step) - typical.coldSeconds).toFixed(1);
  const { inputTokens, outputTokens } = typical.transcript;
  const cpu = (step: string) => measured(`memory.${step}.cpu`).toFixed(1);
  const slowS3Seconds = clipReads() * (slowFirstByteSeconds - firstByteSeconds);
  return [
    ['the source', `${(counted('source_bytes') / 1e9).toFixed(2)} GB`],
    ['its bits', `${((counted('source_bytes') * 8) / typical.minutes / 60 / 1e6).toFixed(1)} Mb/s`],
    ['the whole job', `takes some ${seconds(jobSeconds())}`],
    [
      'rendering beside MediaConvert',
      `${Math.round((typical.clips * others.mediaConvertMinute) / rendering)} times`,
    ],
    [
      'MediaConvert with its greatest discount',
      `${dollars((typical.clips * others.mediaConvertMinute) / 4)} a job`,
    ],
    ['Transcribe', `${dollars(transcribed.transcribe)} of its ${dollars(transcribed.total)}`],
    ['Transcribe at a quarter', `${dollars(transcribed.total - transcribed.transcribe * 0.75)} a job`],
    [
      'the clip service by the year',
      `${wholeDollars(typical.minutes * others.clipServiceMinute * 0.5 * typical.jobsADay * 30)} a month`,
    ],
    ['minutes a month', `${(typical.minutes * typical.jobsADay * 30).toLocaleString('en')} minutes a month`],
    [
      'what is not shown, as a share',
      `${Math.round((100 * (unshown().temporary + unshown().api + unshown().logs)) / whole.total)} % of what it shows`,
    ],
    ['processor time of the audio', `extract-audio\`: ${cpu('extract-audio')} s`],
    ['processor time of listening', `select-segments\`: ${cpu('select-segments')} s`],
    ['processor time of a clip', `render-clip\`: ${cpu('render-clip')} s`],
    ['the network', `${Math.round(networkBytesASecond / 1e6)} MB a second`],
    ['the audio’s wait', `${seconds(stepSeconds('audio') - typical.coldSeconds)} for the audio`],
    ['a clip’s wait', `${seconds(works.clip.waitSeconds)} of a clip’s ${seconds(stepSeconds('clip'))}`],
    ['a clip’s reads', `${clipReads()} reads`],
    [
      'a slow S3',
      `${dollars(gbSecondsOf({ memoryMegabytes: 3008, milliseconds: slowS3Seconds * 1000 }) * typical.clips * prices.lambda.gbSecond)} a job`,
    ],
    ['S3’s answer', `after ${firstByteSeconds * 1000} ms`],
    ['the guessed times', `take ${guessed('probe')} and ${guessed('small')} s: guesses`],
    ['the guessed logs', `the API ${typical.otherLogBytes / 1000} kB`],
    [
      'the tokens',
      `${inputTokens.toLocaleString('en')} tokens read and ${outputTokens.toLocaleString('en')} written`,
    ],
    ['the largest source', `more than ${Math.floor((networkBytesASecond * 15 * 60) / 1e10) * 10} GB`],
    ['the longest work', `${limits.renderedSeconds} s of Full HD`],
    ['the largest picture', `${peak('extract-audio.worst_peak').toLocaleString('en')} MB`],
    ['the ordinary audio', `${peak('extract-audio.peak')} MB`],
    [
      'the longest clip, with what the function has and with less',
      `takes ${seconds(longest(3008))}, with 1,769 MB ${Math.round(longest(1769)).toLocaleString('en')} s`,
    ],
    [
      'a larger clip function',
      `in ${(clip(5308).milliseconds / clip(3008).milliseconds).toFixed(2)} of the time for ${dollars(lambda(5308) - lambda(3008))} more`,
    ],
  ];
}

function dollars(amount: number): string {
  return `$${amount.toFixed(amount >= 0.1 ? 2 : 4)}`;
}
