import fc from 'fast-check';
import { type Fault, faults } from '../../test/support/fault-ports.ts';

/** What somebody does to a job, or to the cloud that runs it. */
export type Command =
  | Simple
  | { do: 'create-job'; by: Caller; clips?: number; captions?: string }
  | { do: 'retry' | 'cancel' | 'delete'; by: Caller }
  | { do: 'wait'; seconds: number };

interface Simple {
  do: 'upload' | 'event' | 'reconcile' | 'sweep' | 'abort' | 'time out' | 'power cut' | 'lose a clip';
}

export type Caller = 'owner' | 'stranger';

/** A whole run: the same plan, the same run. Less of it is a simpler run, so that it shrinks. */
export type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** Turns that a run's troubles may last; a job that goes well takes about 100. */
const turns = 300;

const owner = fc.constant<Caller>('owner');
const anybody = fc.oneof(
  { weight: 9, arbitrary: owner },
  { weight: 1, arbitrary: fc.constant<Caller>('stranger') },
);

const createJob = fc.record<Extract<Command, { do: 'create-job' }>>(
  {
    do: fc.constant('create-job'),
    by: anybody,
    clips: fc.integer({ min: 1, max: 3 }),
    captions: fc.constantFrom(
      '1\n00:00:01,000 --> 00:00:50,000\nHello\n',
      '1\n00:00:02,000 --> 00:00:40,000\nBye\n',
    ),
  },
  { requiredKeys: ['do', 'by'] },
);
const simple = (...names: Simple['do'][]) => fc.record<Simple>({ do: fc.constantFrom(...names) });
const action = fc.record({ do: fc.constantFrom('retry', 'cancel', 'delete'), by: anybody });
const wait = fc.record({
  do: fc.constant('wait'),
  seconds: fc.constantFrom(1, 60, 180, 900, 4000),
});
const later: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: action },
  { weight: 3, arbitrary: wait },
  { weight: 3, arbitrary: simple('abort', 'time out', 'reconcile', 'reconcile', 'sweep', 'power cut') },
  { weight: 1, arbitrary: simple('lose a clip', 'upload') },
);

/** Commands, each at the turn when it is given. */
const at = (
  command: fc.Arbitrary<Command>,
  lastTurn: number,
  count: { minLength?: number; maxLength: number },
) => fc.array(fc.record({ turn: fc.nat(lastTurn), command }), { ...count, size: 'max' });

export const plan = fc.record({
  /** How the source comes. */
  way: fc.constantFrom('form', 'auto', 'parts', 'inbox'),
  numSegments: fc.integer({ min: 1, max: 3 }),
  /** Segments come with the job, or are chosen by the sound. */
  given: fc.boolean(),
  transcribed: fc.boolean(),
  /** A clip is taken away from outside once the job is completed, often before its source is deleted. */
  losesAClip: fc.nat(9).map((one) => one === 9),
  /** Another file takes the source's place once the job is completed, often before that is deleted. */
  replacesSource: fc.nat(9).map((one) => one === 9),
  /** Whether anybody is told of an execution's end. */
  toldOfEnds: fc.nat(3).map((one) => one > 0),
  /** Recordings that can't be read, clips that can't be rendered: `clip` 0 is the probing. */
  damage: fc.array(
    fc.record({ attempt: fc.integer({ min: 1, max: 2 }), clip: fc.nat(3), permanent: fc.boolean() }),
    { maxLength: 2 },
  ),
  uploads: at(simple('upload'), 20, { minLength: 1, maxLength: 1 }),
  events: at(simple('event'), 150, { minLength: 1, maxLength: 5 }),
  creations: at(createJob, 150, { maxLength: 3 }),
  others: at(later, turns, { maxLength: 10 }),
  /** An execution that dies, and soon after a retry, while a call of the first attempt is still to be made. */
  reruns: fc.array(
    fc.record({
      turn: fc.nat(120),
      retriedAfter: fc.integer({ min: 8, max: 40 }),
      stalledCalls: fc.nat(2),
    }),
    { maxLength: 2, size: 'max' },
  ),
  /** At this call, and as many after it, something goes wrong. */
  faults: fc.array(
    fc.record({
      call: fc.nat(turns),
      fault: fc.constantFrom(...faults),
      calls: fc.constantFrom(1, 1, 1, 2, 5, 12),
    }),
    { maxLength: 8, size: 'max' },
  ),
  /** Who of those who wait is next; nothing: who has waited longest. */
  picks: fc.array(fc.nat(5), { maxLength: turns, size: 'max' }),
});

/** What goes wrong, by the turn. */
export function faultsOf({ faults: single, reruns }: Plan): Map<number, Fault> {
  const stalls = reruns.map(({ turn, stalledCalls }) => {
    return { call: turn - stalledCalls, fault: 'slow', calls: stalledCalls } as const;
  });
  const all = [...single, ...stalls].flatMap(({ call, fault, calls }) =>
    Array.from({ length: calls }, (_, n) => [call + n, fault] as const),
  );
  return new Map(all);
}

/** All commands in the order in which they are given. */
export function commandsOf({ uploads, events, creations, others, reruns }: Plan) {
  const pairs = reruns.flatMap(({ turn, retriedAfter }): { turn: number; command: Command }[] => [
    { turn, command: { do: 'abort' } },
    { turn: turn + retriedAfter, command: { do: 'retry', by: 'owner' } },
  ]);
  return [...uploads, ...creations, ...events, ...others, ...pairs].sort((a, b) => a.turn - b.turn);
}
