import { permanentFailures } from '../../core/failures.ts';
import type { Run } from '../../core/jobs/advance.ts';
import type { ExecutionState, Workflow } from '../../core/ports/workflow.ts';

export interface Execution extends Run {
  name: string;
  state: Exclude<ExecutionState, 'none'>;
}

/** The functions that the state machine calls; they reject with what it would catch. */
export interface Steps {
  probeSource(run: Run): Promise<unknown>;
  extractAudio(run: Run): Promise<unknown>;
  transcribeAudio?(run: Run): Promise<{ done: boolean }>;
  selectSegments(run: Run): Promise<{ clipNumbers: number[] }>;
  renderClip(run: Run & { clipNumber: number }): Promise<unknown>;
  failClip(run: Run & { clipNumber: number }, error: unknown): Promise<unknown>;
  finishJob(run: Run): Promise<unknown>;
  cleanUpJob(run: Run): Promise<unknown>;
  announceJob(run: Run): Promise<unknown>;
  failJob(run: Run, error: unknown): Promise<unknown>;
}

interface Clock {
  sleep(seconds: number): Promise<void>;
}

/**
 * The state machine as lib/job-workflow.ts wires it, with its Retry and Catch. Like Step Functions it takes an
 * execution's name once; like the local cloud it may begin executions again from their start.
 */
export function createExecutions(steps: Steps, clock: Clock, onEnd: (execution: Execution) => void) {
  const executions = new Map<string, Execution>();
  /** Who drives an execution; whoever did before goes on no more. */
  const drivers = new Map<Execution, object>();

  function end(execution: Execution, state: Execution['state']): void {
    drivers.delete(execution);
    execution.state = state;
    onEnd(execution);
  }

  function begin(execution: Execution): void {
    const driver = {};
    drivers.set(execution, driver);
    const whileDriven = async <T>(call: () => Promise<T>, tries = 0): Promise<T> => {
      const outcome = await call().then(
        (value) => ({ value }),
        (error: Error) => ({ error }),
      );
      if (drivers.get(execution) !== driver) return new Promise(() => undefined);
      if ('value' in outcome) return outcome.value;
      if (tries >= retriesOf(outcome.error)) throw outcome.error;
      await clock.sleep(2 ** (tries + 1));
      if (drivers.get(execution) !== driver) return new Promise(() => undefined);
      return whileDriven(call, tries + 1);
    };
    void drive(execution, steps, whileDriven, clock).then((state) => end(execution, state));
  }

  const find = ({ jobId, attempt }: Run) => executions.get(`${jobId}-${attempt}`);
  const workflow: Workflow & { start(run: Run & { name?: string }): Promise<void> } = {
    async start({ jobId, attempt, name = `${jobId}-${attempt}` }: Run & { name?: string }) {
      if (executions.has(name)) return;
      const execution: Execution = { jobId, attempt, name, state: 'running' };
      executions.set(name, execution);
      begin(execution);
    },
    async stop(run) {
      const execution = find(run);
      if (execution?.state === 'running') end(execution, 'failed');
    },
    stateOf: async (run) => find(run)?.state ?? 'none',
  };
  const running = () => [...executions.values()].filter(({ state }) => state === 'running');

  return {
    workflow,
    all: () => [...executions.values()],
    running,
    /** Aborted from the console, or timed out: no function is told. */
    abort: (state: 'failed' | 'timed-out') => running().forEach((execution) => void end(execution, state)),
    /** None goes on meanwhile. */
    interrupt: () => drivers.clear(),
    beginAgain: () => running().forEach(begin),
  };
}

type WhileDriven = <T>(call: () => Promise<T>) => Promise<T>;

async function drive({ jobId, attempt }: Execution, steps: Steps, call: WhileDriven, clock: Clock) {
  const run = { jobId, attempt };
  try {
    await call(() => steps.probeSource(run));
    await call(() => steps.extractAudio(run));
    if (steps.transcribeAudio) await transcribe(run, steps.transcribeAudio, call, clock);
    const { clipNumbers } = await call(() => steps.selectSegments(run));
    await Promise.all(
      clipNumbers.map(async (clipNumber) => {
        const clipRun = { ...run, clipNumber };
        await call(() => steps.renderClip(clipRun)).catch((error) =>
          call(() => steps.failClip(clipRun, error)),
        );
      }),
    );
    await call(() => steps.finishJob(run));
    await call(() => steps.cleanUpJob(run));
  } catch (error) {
    const told = call(() => steps.failJob(run, error)).then(() => announce(run, steps, call));
    await told.catch(() => undefined);
    return 'failed';
  }
  await announce(run, steps, call);
  return 'succeeded';
}

/** What can't be told now is left to reconciliation. */
function announce(run: Run, steps: Steps, call: WhileDriven): Promise<unknown> {
  return call(() => steps.announceJob(run)).catch(() => undefined);
}

/** Whatever fails there: segments are chosen all the same. */
async function transcribe(
  run: Run,
  look: NonNullable<Steps['transcribeAudio']>,
  call: WhileDriven,
  clock: Clock,
): Promise<void> {
  const { done } = await call(() => look(run)).catch(() => ({ done: true }));
  if (done) return;
  await call(() => clock.sleep(20));
  await transcribe(run, look, call, clock);
}

function retriesOf({ name }: Error): number {
  if (name in permanentFailures) return 0;
  return ['TimeoutError', 'Sandbox.Timedout'].includes(name) ? 1 : 3;
}
