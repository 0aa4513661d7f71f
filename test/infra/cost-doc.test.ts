import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { countTransitions } from '../../core/cost/count-transitions.ts';
import { prices } from '../../core/cost/prices.ts';
import { totalUse } from '../../core/cost/total-use.ts';
import { costClaims } from '../support/cost-claims.ts';
import {
  besidesTable,
  chosenMemory,
  jobTable,
  memoryTable,
  metricsOfAJob,
  monthTable,
  sizes,
} from '../support/cost-table.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';
import { counted, memory, paidTemporaryMegabytes, typical, typicalJob } from '../support/typical-job.ts';

const doc = readFileSync('docs/cost.md', 'utf8');

describe('docs/cost.md', () => {
  it.each([
    ['of a job', jobTable],
    ['of a month', monthTable],
    ['of what a month costs besides', besidesTable],
    ['of memory sizes', memoryTable],
  ])('has the table %s as the functions of core/cost make it', (_name, table) => {
    const lines = doc.split('\n');
    const heads = table().split('\n')[0]!;
    const start = lines.indexOf(heads);

    expect(lines.slice(start, start + table().split('\n').length)).toEqual(table().split('\n'));
  });

  it.each(costClaims())('says of %s what the model does: %s', (_about, words) => {
    expect(doc.replaceAll(/\s+/g, ' ')).toContain(words);
  });

  it('tells the region and the day of the prices', () => {
    expect(doc).toContain(`${prices.region}, ${prices.asOf}`);
  });
});

describe('the typical job', () => {
  it('has as many steps and transitions as the one that was measured', () => {
    const { clips } = typical;
    const reached = ['preprocessing', 'analyzing', 'clipping', 'completed'];

    expect(totalUse(typicalJob()).calls).toBe(counted('function_calls'));
    expect(countTransitions({ reached, clips, transcriptLooks: 0, callsWebhook: false })).toBe(
      counted('state_transitions'),
    );
  });

  it('tells no metric twice', () => {
    expect(new Set(metricsOfAJob).size).toBe(metricsOfAJob.length);
  });
});

describe('the memory of the functions', () => {
  let template: Template;
  beforeAll(() => {
    template = stackTemplate();
  });
  const propertiesOf = (verb: string) =>
    Object.values(resourcesOf(template, 'AWS::Lambda::Function')).find(
      ({ Properties }) => Properties.Description === `Clipwright: ${verb}`,
    )?.Properties;
  const megabytes = (verb: string) => propertiesOf(verb)?.MemorySize;

  it('is what the tables assume', () => {
    expect(megabytes('probe-source')).toBe(memory.probe);
    expect(megabytes('extract-audio')).toBe(memory.audio);
    expect(megabytes('select-segments')).toBe(memory.select);
    expect(megabytes('render-clip')).toBe(memory.clip);
    expect(megabytes('finish-job')).toBe(memory.small);
  });

  it('of /tmp, too', () => {
    const paid = (verb: string) => propertiesOf(verb)?.EphemeralStorage.Size - 512;

    expect(paid('extract-audio')).toBe(paidTemporaryMegabytes.audio);
    expect(paid('render-clip')).toBe(paidTemporaryMegabytes.clip);
  });

  it.each([
    ['extract-audio', 'audio'],
    ['select-segments', 'select'],
    ['render-clip', 'clip'],
  ] as const)('of %s is what the model chooses, in new accounts and in others', (verb, step) => {
    for (const most of [3008, Math.max(...sizes)]) {
      expect(chosenMemory(step, most)).toBe(megabytes(verb));
    }
  });
});
