import { assess } from './assess.ts';
import { give, loseClip, reconcile, upload } from './give.ts';
import { commandsOf, faultsOf, type Plan } from './plan.ts';
import type { Bug } from './subject.ts';
import { createWorld, type World } from './world.ts';

export interface Outcome {
  violations: string[];
  /** How the job ended; `deleted` if nothing is left of it, `none` if there never was one. */
  ended: string;
  commands: number;
  counts: World['turns']['counts'];
  /** Every call that was made, in order. */
  trace: string[];
}

/** Runs a plan to its end: first its troubles, then a quiet time in which everything has to come to rest. */
export async function runPlan(plan: Plan, bug?: Bug): Promise<Outcome> {
  const world = await createWorld(plan, bug);
  await trouble(world);
  await settle(world);
  const ended = await assess(world);

  const { trace, counts } = world.turns;
  return { violations: [...world.violations], ended, commands: commandsOf(plan).length, counts, trace };
}

async function trouble(world: World): Promise<void> {
  const { plan, turns } = world;
  const faults = faultsOf(plan);
  const commands = commandsOf(plan);
  for (let turn = 0; turn < plan.picks.length || commands.length > 0; turn += 1) {
    while (commands[0] && commands[0].turn <= turn) await give(world, commands.shift()!.command);
    await turns.take(plan.picks[turn] ?? 0, faults.get(turn));
    if (plan.losesAClip && world.lost.size === 0 && (await isCompleted(world))) await loseClip(world);
    if (plan.replacesSource && world.overwritten.size === 0 && (await isCompleted(world)))
      await upload(world);
  }
}

async function isCompleted({ truth, jobIds }: World): Promise<boolean> {
  const jobs = await Promise.all([...jobIds].map((jobId) => truth.jobs.get(jobId)));
  return jobs.some((job) => job?.status === 'completed');
}

const fiveMinutes = 300;
const hour = 3600;

/** Nothing goes wrong any more; reconciliation and the sweep come with the clock. */
async function settle(world: World): Promise<void> {
  const { turns, truth, executions } = world;
  turns.trace.push('— quiet from here on');
  await drain(world);
  const begunMs = turns.nowMs();
  for (let tick = 0; tick < 300; tick += 1) {
    const isOpen = (await Array.fromAsync(truth.jobs.listOpen())).length > 0;
    const isBuried = (await Array.fromAsync(truth.jobs.listBuried())).length > 0;
    if (!isOpen && !isBuried && executions.running().length === 0) return;

    // Every five minutes at first; nobody has to watch a day go by like that.
    turns.advance(tick < 12 ? fiveMinutes : hour);
    if (turns.nowMs() - begunMs > 8 * 24 * hour * 1000) await expireUploads(world);
    void reconcile(world);
    if (tick % 12 === 0 || tick > 12) void world.answer(world.sweep());
    await drain(world);
  }
  world.violate('it never comes to rest');
}

async function drain({ turns, violate }: World): Promise<void> {
  for (let calls = 0; await turns.take(0); calls += 1) {
    if (calls > 3000) return violate('it goes round and round');
  }
}

/** The lifecycle rule of the uploads bucket. */
async function expireUploads({ truth, jobIds, expired }: World): Promise<void> {
  for (const key of truth.uploads.keys()) {
    const object = await truth.uploads.head(key);
    const isOurs = key.startsWith('inbox/') || [...jobIds].some((jobId) => key.includes(jobId));
    if (!object || !isOurs) continue;
    await truth.uploads.delete(object);
    expired.add(object.etag);
  }
}
