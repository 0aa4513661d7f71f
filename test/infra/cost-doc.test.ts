import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { prices } from '../../core/cost/prices.ts';
import { chosenMemory, jobTable, memory, memoryTable, monthTable } from '../support/cost-table.ts';
import { resourcesOf, stackTemplate } from '../support/stack.ts';

const doc = readFileSync('docs/cost.md', 'utf8');

describe('docs/cost.md', () => {
  it.each([
    ['of a job', jobTable],
    ['of a month', monthTable],
    ['of memory sizes', memoryTable],
  ])('has the table %s as the functions of core/cost make it', (_name, table) => {
    const lines = doc.split('\n');
    const heads = table().split('\n')[0]!;
    const start = lines.indexOf(heads);

    expect(lines.slice(start, start + table().split('\n').length)).toEqual(table().split('\n'));
  });

  it('tells the region and the day of the prices', () => {
    expect(doc).toContain(`${prices.region}, ${prices.asOf}`);
  });
});

describe('the memory of the functions', () => {
  let template: Template;
  beforeAll(() => {
    template = stackTemplate();
  });
  const megabytes = (verb: string) =>
    Object.values(resourcesOf(template, 'AWS::Lambda::Function')).find(
      ({ Properties }) => Properties.Description === `Clipwright: ${verb}`,
    )?.Properties.MemorySize;

  it('is what the tables assume', () => {
    expect(megabytes('probe-source')).toBe(memory.probe);
    expect(megabytes('extract-audio')).toBe(memory.audio);
    expect(megabytes('select-segments')).toBe(memory.select);
    expect(megabytes('render-clip')).toBe(memory.clip);
    expect(megabytes('finish-job')).toBe(memory.small);
  });

  it('is what the model chooses for listening and for clips, up to what new accounts may have and beyond', () => {
    for (const most of [3008, 10_240]) {
      expect(chosenMemory('select', most)).toBe(megabytes('select-segments'));
      expect(chosenMemory('clip', most)).toBe(megabytes('render-clip'));
    }
  });
});
