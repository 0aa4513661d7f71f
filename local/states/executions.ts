import { ServiceError } from '../iam/signed-json-service.ts';
import type { ExecutionRecord, ExecutionStore } from './execution-store.ts';
import { type Callees, type Ending, type Machine, runToEnd } from './run-to-end.ts';
import { statusChanged } from './status-event.ts';

export interface ExecutionsSettings extends Callees {
  machines: ReadonlyMap<string, Machine>;
  store: ExecutionStore;
}

interface Tracked {
  record: ExecutionRecord;
  /** Settles when the record as it is now is on disk. */
  saved: Promise<void>;
  /** Set while it runs in this process. */
  running?: AbortController;
}

export type Executions = Awaited<ReturnType<typeof openExecutions>>;

/** The executions of all state machines: kept on disk before anything is answered or told. */
export async function openExecutions({ machines, store, ...callees }: ExecutionsSettings) {
  const saved = Promise.resolve();
  const closing = new AbortController();
  const all = new Map(
    (await store.load()).map((record) => [record.executionArn, { record, saved } as Tracked]),
  );

  function find(executionArn: string): Tracked {
    const execution = all.get(executionArn);
    if (execution) return execution;
    throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  }

  /** Told after it is on disk, and at most once: status events are best effort on AWS too. */
  async function announce(record: ExecutionRecord): Promise<void> {
    await callees
      .emit(statusChanged(record))
      .catch((error) => console.error('states: event not delivered:', error));
  }

  async function end(execution: Tracked, ending: Ending): Promise<void> {
    if (execution.record.status !== 'RUNNING') return;
    execution.record = { ...execution.record, ...ending, stopDate: Date.now() };
    const { record } = execution;
    execution.saved = execution.saved.then(() => store.write(record)); // never two writes of one file at once
    await execution.saved;
    await announce(record);
  }

  async function run(execution: Tracked, machine: Machine): Promise<void> {
    if (execution.record.status !== 'RUNNING') return; // aborted before it began
    execution.running = new AbortController();
    const signal = AbortSignal.any([execution.running.signal, closing.signal]);
    const timeOut = () => void finish(execution, { status: 'TIMED_OUT', error: 'States.Timeout' });
    const timer = setTimeout(timeOut, machine.timeoutSeconds * 1000);
    const ending = await runToEnd(machine, execution.record, { signal, ...callees });
    clearTimeout(timer);
    if (!signal.aborted) await finish(execution, ending);
  }

  /** Ends what runs: from here on its tasks are called no more, and what they still answer is ignored. */
  async function finish(execution: Tracked, ending: Ending): Promise<void> {
    execution.running?.abort();
    await end(execution, ending).catch((error) => console.error('states: execution not kept:', error));
  }

  return {
    /** The same start twice is one execution, as long as it runs; its name is never free again. */
    async start(machine: Machine, name: string, input: string): Promise<ExecutionRecord> {
      const executionArn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
      const existing = all.get(executionArn);
      if (existing) {
        const { record } = existing;
        await existing.saved;
        if (record.status === 'RUNNING' && record.input === input) return record;
        throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
      }
      const record: ExecutionRecord = {
        executionArn,
        stateMachineArn: machine.arn,
        name,
        status: 'RUNNING',
        startDate: Date.now(),
        input,
      };
      const execution: Tracked = { record, saved: store.write(record) };
      all.set(executionArn, execution);
      await execution.saved.catch((error) => {
        all.delete(executionArn);
        throw error;
      });
      await announce(record);
      void run(execution, machine);
      return record;
    },

    async describe(executionArn: string): Promise<ExecutionRecord> {
      const execution = find(executionArn);
      await execution.saved;
      return execution.record;
    },

    async abort(
      executionArn: string,
      { error, cause }: { error?: string; cause?: string },
    ): Promise<ExecutionRecord> {
      const execution = find(executionArn);
      await finish(execution, { status: 'ABORTED', error, cause });
      return execution.record;
    },

    /** Newest first. */
    list(stateMachineArn: string, status?: string): ExecutionRecord[] {
      return [...all.values()]
        .map(({ record }) => record)
        .filter(
          (record) => record.stateMachineArn === stateMachineArn && (!status || record.status === status),
        )
        .reverse();
    },

    /**
     * Goes on with what ran when the cloud went down: again from the start state, by the same name and input. That is
     * right because each step of the pipeline may run twice. The time allowed begins anew: a laptop that was closed
     * overnight is no reason to fail. An execution whose machine is gone from the template can only be aborted.
     */
    resume(): void {
      for (const execution of all.values()) {
        if (execution.record.status !== 'RUNNING' || execution.running) continue;
        const machine = machines.get(execution.record.stateMachineArn);
        if (machine) void run(execution, machine);
        else void finish(execution, { status: 'ABORTED', cause: 'Its state machine is gone' });
      }
    },

    /** Abandons what runs where it is; on disk it goes on running, for the next start to resume. */
    async close(): Promise<void> {
      closing.abort();
      await Promise.allSettled([...all.values()].map((execution) => execution.saved));
    },
  };
}
