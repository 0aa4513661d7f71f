import type { Run } from '../../core/jobs/advance.ts';
import type { Receiving } from '../../core/jobs/receive-source.ts';
import type { Media } from '../../core/media/types.ts';
import { ids as realIds } from '../../lambdas/shared/ids.ts';
import { noon } from '../../test/support/builders.ts';
import { gatedPorts } from '../../test/support/fault-ports.ts';
import { memoryAnnouncements } from '../../test/support/memory-announcements.ts';
import { memoryJobStore } from '../../test/support/memory-job-store.ts';
import { memoryMultipartUploads } from '../../test/support/memory-multipart-uploads.ts';
import { memoryObjectStore } from '../../test/support/memory-object-store.ts';
import { memoryTranscriber } from '../../test/support/memory-transcriber.ts';
import { memoryUsageStore } from '../../test/support/memory-usage-store.ts';
import { createExecutions } from './executions.ts';
import type { Plan } from './plan.ts';
import { type Damage, quickMedia } from './quick-media.ts';
import { addBystander, addJob, settingsOf } from './residents.ts';
import { stepsOf } from './steps.ts';
import { type Bug, type Ports, type Subject, subject as soundSubject } from './subject.ts';
import { createTurns, type Invoked } from './turns.ts';
import { watchPorts } from './watch.ts';

const jobId = '00000000-0000-4000-8000-000000000001';

/** Limits of the functions, as deployed. */
const answeringSeconds = 28;
const reconcilingSeconds = 4 * 60;

export type World = Awaited<ReturnType<typeof createWorld>>;

/** What every function of the subject may use; none uses all of it. */
export type Deps = Ports &
  Pick<Receiving, 'ids' | 'inboxOwner' | 'readSettings'> &
  Parameters<Subject['reconcileJobs']>[0] & { media: Media };

export interface Call {
  name: keyof Subject;
  seconds: number;
  attempt?: number;
  damage?: Damage;
}
export type Invoke = <T>(call: Call, work: (deps: Deps) => Promise<T>) => Invoked<T>;

/** The whole cloud in memory, with one job of alice's in it (or as many as she drops files), and one of bob's. */
export async function createWorld(plan: Plan, bug?: Bug) {
  const turns = createTurns(Date.parse(noon));
  const disk = quickMedia();
  const stores = { uploads: memoryObjectStore(), clips: memoryObjectStore() };
  const multipart = memoryMultipartUploads(stores.uploads);
  const transcriber = memoryTranscriber(stores.uploads);
  const ids = { ...realIds, newJobId: () => jobId };
  const jobIds = new Set(plan.way === 'inbox' ? [] : [jobId]);
  const lost = new Map<string, number>();
  const violations = new Set<string>();
  const violate = (what: string) => void violations.add(what);

  const subject = bug?.subject?.(soundSubject) ?? soundSubject;
  const transcribe = () =>
    transcriber.complete({ words: [{ text: 'Hello.', startSeconds: 1, endSeconds: 50 }] });
  const steps = stepsOf(subject, plan, { invoke: (...of) => invoke(...of), now: turns.now, transcribe });
  const executions = createExecutions(steps, turns, (execution) => {
    if (execution.state !== 'succeeded' && plan.toldOfEnds) void tellOfEnd(execution);
  });
  const truth = {
    jobs: memoryJobStore(),
    uploads: { ...stores.uploads, ...disk.withDisk(stores.uploads) },
    clips: { ...stores.clips, ...disk.withDisk(stores.clips) },
    multipart,
    transcriber,
    announcements: memoryAnnouncements(),
    usage: memoryUsageStore(),
    workflow: executions.workflow,
  };
  const watched = watchPorts({ truth, jobIds, lost, violate, caller: turns.current });
  const readSettings = () => ({ settings: settingsOf(plan), notes: [] });

  /** A call of a function, which has the ports with all their faults. */
  const invoke: Invoke = ({ damage = 'none', ...call }, work) => {
    const ports = bug?.ports?.(watched, call.name) ?? watched;
    const others = { media: disk.mediaWith(damage), ids, inboxOwner: 'alice', readSettings };
    return turns.invoke(call, (gate) => work({ ...gatedPorts(ports, gate), ...others }));
  };

  /** A call that someone waits for: what comes of it is a result or a refusal, unless it was made to fail. */
  async function answer<T>(call: Invoked<T>): Promise<T | undefined> {
    try {
      return await call.outcome;
    } catch (error) {
      if ((error as Error).name !== 'Refusal') requireTrouble(call, error as Error);
      return undefined;
    }
  }

  function requireTrouble({ invocation }: Invoked<unknown>, { name, message }: Error): void {
    if (!invocation.troubled) violate(`${invocation.name} threw ${name}: ${message}`);
  }

  /** Lambda's own two retries of what nobody waits for. */
  async function deliver(call: () => Invoked<unknown>, tries = 3): Promise<void> {
    const delivery = call();
    await delivery.outcome.catch(async (error) => {
      requireTrouble(delivery, error);
      if (tries > 1) await turns.sleep(60).then(() => deliver(call, tries - 1));
    });
  }

  const call = <T>(name: keyof Subject, work: (deps: Deps) => Promise<T>, seconds = answeringSeconds) =>
    invoke({ name, seconds }, work);

  const tellOfEnd = (run: Run) =>
    deliver(() =>
      call(
        'reconcileJob',
        async (deps) => {
          const job = await deps.jobs.get(run.jobId);
          if (job) await subject.reconcileJob(deps, job, turns.now);
        },
        reconcilingSeconds,
      ),
    );

  await addBystander(truth);
  const job = await addJob(truth, plan, ids, turns.now());

  return {
    ...{ plan, subject, turns, truth, ids, job, jobIds, violations, violate, executions, multipart },
    /** Keys of clips that were taken away from outside, and at which turn. */
    lost,
    /** The ETags of sources that another file took the place of. */
    overwritten: new Set<string>(),
    /** The ETags of uploads that the bucket's lifecycle took. */
    expired: new Set<string>(),
    call,
    answer,
    deliver,
    reconcile: () =>
      call('reconcileJobs', (deps) => subject.reconcileJobs(deps, turns.now), reconcilingSeconds),
    sweep: () =>
      call('sweepTombstones', (deps) => subject.sweepTombstones(deps, turns.now()), reconcilingSeconds),
  };
}
