import type { ExecutionState, Workflow } from '../../core/ports/workflow.ts';

/** Step Functions' promise on names, in memory: the same start twice is one execution. */
export function memoryWorkflow(): Workflow & {
  executions: string[];
  ended: Map<string, ExecutionState>;
} {
  const executions: string[] = [];
  const ended = new Map<string, ExecutionState>();
  return {
    executions,
    ended,
    async start({ jobId, attempt }) {
      const name = `${jobId}-${attempt}`;
      if (!executions.includes(name)) executions.push(name);
    },
    async stop({ jobId, attempt }) {
      const name = `${jobId}-${attempt}`;
      if (executions.includes(name) && !ended.has(name)) ended.set(name, 'failed');
    },
    async stateOf({ jobId, attempt }) {
      const name = `${jobId}-${attempt}`;
      return ended.get(name) ?? (executions.includes(name) ? 'running' : 'none');
    },
  };
}
