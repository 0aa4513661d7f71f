import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jobStatuses } from '../../core/jobs/job.ts';
import { percentDone } from '../../core/jobs/percent-done.ts';
import { aClip, aJob } from '../support/builders.ts';

describe('how far a job is', () => {
  it('never goes back on the way, and is 100 only at the end', () => {
    const way = [
      'awaiting_upload',
      'pending',
      'preprocessing',
      'transcribing',
      'analyzing',
      'clipping',
      'completed',
    ] as const;

    const percents = way.flatMap((status) =>
      [0, 50, 99].map((percent) =>
        percentDone(aJob({ status, stagePercent: percent }), [
          aClip({ status: 'rendering', renderedPercent: percent }),
        ]),
      ),
    );

    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.filter((percent) => percent === 100)).toHaveLength(3);
  });

  it('is a whole number from 0 to 100, whatever the job', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...jobStatuses),
        fc.nat(100),
        fc.array(fc.nat(100)),
        (status, stage, clips) => {
          const percent = percentDone(
            aJob({ status, stagePercent: stage }),
            clips.map((renderedPercent) => aClip({ renderedPercent })),
          );

          expect(Number.isInteger(percent) && percent >= 0 && percent <= 100).toBe(true);
        },
      ),
    );
  });
});
