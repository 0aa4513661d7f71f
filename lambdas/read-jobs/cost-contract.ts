import * as z from 'zod';
import { estimateCost } from '../../core/cost/estimate-cost.ts';
import { prices } from '../../core/cost/prices.ts';
import { takenBy } from '../../core/cost/taken-by.ts';
import { totalUse } from '../../core/cost/total-use.ts';
import type { Clip, Job } from '../../core/jobs/job.ts';

const dollars = z.number().min(0);

export const usageAnswer = z
  .object({
    function_calls: z.int(),
    gb_seconds: z.number(),
    state_transitions: z.int().describe('Without retries'),
    s3_writes: z.int(),
    s3_reads: z.int(),
    table_write_units: z.number(),
    table_read_units: z.number(),
  })
  .describe('Of the steps that came to their end; a GB-second is one of the machine that it ran on');

export const costAnswer = z
  .object({
    currency: z.literal(prices.currency),
    total: dollars,
    lambda: dollars,
    states: dollars,
    s3: dollars.describe('Requests, and keeping the source until it is deleted'),
    dynamodb: dollars,
    transcribe: dollars,
    model: dollars
      .nullable()
      .describe('null, and not in the total, where a model was asked whose price is not in our list'),
    region: z.string(),
    prices_as_of: z.iso.date(),
    is_estimate: z.literal(true),
  })
  .describe(
    'What the job costs on AWS until now, by the list prices of that region, without tax, discounts and free tiers. Not in it: ' +
      'tries that failed, calls of the API, logs, /tmp beyond 512 MB, downloads, and keeping the clips. On a machine of ' +
      'your own nothing is paid',
  );

export function toCostAnswers(
  job: Job,
  clips: Clip[],
): { usage: z.output<typeof usageAnswer>; cost: z.output<typeof costAnswer> } {
  const taken = takenBy(job, clips);
  const use = totalUse(taken);
  return {
    usage: {
      function_calls: use.calls,
      gb_seconds: Math.round(use.gbSeconds * 1000) / 1000,
      state_transitions: taken.transitions,
      s3_writes: use.s3Writes,
      s3_reads: use.s3Reads,
      table_write_units: use.tableWrites,
      table_read_units: use.tableReads,
    },
    cost: {
      currency: prices.currency,
      ...estimateCost(taken),
      region: prices.region,
      prices_as_of: prices.asOf,
      is_estimate: true,
    },
  };
}
