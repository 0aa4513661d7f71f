import type { Tombstone } from '../../core/jobs/job.ts';
import { isThere, verifyClips } from '../../core/jobs/verify-clips.ts';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import type { memoryDeps } from '../../test/support/job-deps.ts';
import { illegalClipChange, illegalJobChange } from './laws.ts';
import type { Ports } from './subject.ts';
import type { Invocation } from './turns.ts';

export interface Watched {
  /** The ports in memory, without faults, which nobody calls but the watch. */
  truth: Pick<ReturnType<typeof memoryDeps>, 'uploads' | 'clips' | 'announcements'> & Ports;
  /** The jobs that anybody may touch. */
  jobIds: Set<string>;
  /** Keys of clips that were taken away from outside, and when. */
  lost: Map<string, number>;
  violate(what: string): void;
  /** Who calls now. */
  caller(): Pick<Invocation, 'name' | 'attempt' | 'beganAtTurn'> | undefined;
}

/** As what a job ends; kept apart from the core's own list, which may be wrong. */
export const endings: readonly string[] = ['completed', 'failed', 'cancelled', 'expired'];

/** The same ports, where each write that is made is held against what must never be. */
export function watchPorts(watched: Watched): Ports {
  const { truth, jobIds, lost, violate, caller } = watched;
  const buried = new Map<string, Tombstone>();
  const claimed = new Set<string>();
  const ends = new Set<string>();

  const touch = (jobId: string) => jobIds.has(jobId) || violate(`another job touched: ${jobId}`);
  const touchKey = (key: string) =>
    key.startsWith('inbox/') || [...jobIds].some((id) => key.includes(id)) || violate('another key touched');
  /** What was lost while the caller was at work, it need not know of. */
  const areLost = (keys: string[]) =>
    keys.some((key) => (lost.get(key) ?? -1) >= (caller()?.beganAtTurn ?? 0));

  /** Writers of an older run stop and change nothing. */
  function requireFence(attemptBefore: number): void {
    const { name, attempt = attemptBefore } = caller() ?? {};
    if (attempt < attemptBefore) violate(`${name} wrote for attempt ${attempt} in attempt ${attemptBefore}`);
  }

  async function requireVerified(jobId: string, what: string): Promise<void> {
    const job = await truth.jobs.get(jobId);
    const { verified, missing } = job ? await verifyClips(truth, job) : { verified: false, missing: [] };
    if (!verified && !areLost(missing.map(({ key }) => key))) violate(`${what}, but not all clips are there`);
  }

  const jobs: Ports['jobs'] = {
    ...truth.jobs,
    async change(jobId, expected, set) {
      touch(jobId);
      const before = await truth.jobs.get(jobId);
      const change = await truth.jobs.change(jobId, expected, set);
      if (!change.changed || !before) return change;

      requireFence(before.attempt);
      for (const law of illegalJobChange(before, change.now)) violate(law);
      const { status, attempt } = change.now;
      if (endings.includes(status)) ends.add(`${jobId}-${attempt}-${status}`);
      if (status === 'pending') claimed.add(`${jobId}-${attempt}`);
      if (status === 'completed' && before.status !== status) await requireVerified(jobId, 'completed');
      return change;
    },
    async changeClip(clip, expected, set) {
      touch(clip.jobId);
      const find = async () =>
        (await truth.jobs.getClips(clip.jobId)).find(({ clipNumber }) => clipNumber === clip.clipNumber);
      const before = await find();
      const change = await truth.jobs.changeClip(clip, expected, set);
      if (!change.changed || !before) return change;

      requireFence(before.attempt);
      for (const law of illegalClipChange(before, change.now, lost.has(before.key))) violate(law);
      // Of a buried job, deleting takes the clips while a late function still writes: the sweep takes the rest.
      const mayBeGone = buried.has(clip.jobId) || areLost([change.now.key]);
      if (change.now.status === 'completed' && !mayBeGone && !(await isThere(truth.clips, change.now))) {
        violate('a clip was completed that is not there');
      }
      return change;
    },
    async bury(jobId, expected, at) {
      touch(jobId);
      const before = await truth.jobs.get(jobId);
      const burial = await truth.jobs.bury(jobId, expected, at);
      if (burial.changed) {
        buried.set(jobId, burial.now);
        if (!endings.includes(before?.status ?? '')) violate(`deleted while ${before?.status}`);
      }
      return burial;
    },
    async eraseRecords(jobId) {
      if (!buried.has(jobId)) violate('records of a living job erased');
      return truth.jobs.eraseRecords(jobId);
    },
    async forget(jobId) {
      if (!buried.has(jobId)) violate('a living job forgotten');
      return truth.jobs.forget(jobId);
    },
  };

  const isOfBuried = ({ key, etag }: { key: string; etag: string }) =>
    [...buried.values()].some(({ jobId, source }) => {
      return key.includes(jobId) || (source.key === key && source.etag === etag);
    });

  /** A source, or what was made of it, goes after its clips were seen, or with its job. */
  async function requireLeave(object: { key: string; etag: string }): Promise<void> {
    if (isOfBuried(object)) return;
    for (const jobId of jobIds) {
      const job = await truth.jobs.get(jobId);
      const isWrittenDown = job?.deletions?.some(
        ({ key, etag }) => key === object.key && etag === object.etag,
      );
      if (job?.status !== 'completed' || !isWrittenDown) continue;
      const { key, etag } = job.source;
      // What was made of a source is of no use without it.
      const isOrphan = object.key !== key && (await truth.uploads.head(key))?.etag !== etag;
      return isOrphan ? undefined : requireVerified(jobId, 'source deleted');
    }
    violate(`deleted without leave: ${object.key.split('/').at(-1)}`);
  }

  const uploads: ObjectStore = {
    ...truth.uploads,
    async delete(object) {
      touchKey(object.key);
      const found = await truth.uploads.head(object.key);
      if (found?.etag === object.etag) await requireLeave(object);
      return truth.uploads.delete(object);
    },
  };

  /** A put into the clips bucket; where something lies, it must still lie there afterwards. */
  async function once<T>(key: string, put: () => Promise<T>): Promise<T> {
    touchKey(key);
    const before = await truth.clips.head(key);
    const outcome = await put();
    const after = await truth.clips.head(key);
    if (before && before.lastModified !== after?.lastModified) violate('a clip overwritten');
    return outcome;
  }

  const clips: ObjectStore = {
    ...truth.clips,
    putFile: (key, path, options) => once(key, () => truth.clips.putFile(key, path, options)),
    putBytes: (key, content, options) => once(key, () => truth.clips.putBytes(key, content, options)),
    async delete(object) {
      touchKey(object.key);
      const outcome = await truth.clips.delete(object);
      if (outcome === 'deleted' && !isOfBuried(object)) violate('a clip of a living job deleted');
      return outcome;
    },
  };

  const workflow: Ports['workflow'] = {
    ...truth.workflow,
    async start(run) {
      if (!claimed.has(`${run.jobId}-${run.attempt}`)) violate('started without a claim');
      return truth.workflow.start(run);
    },
  };

  const announcements: Ports['announcements'] = {
    async announce(event, options) {
      touch(event.job_id);
      if (!ends.has(event.event_id)) violate(`announced, but did not end so: ${event.status}`);
      return truth.announcements.announce(event, options);
    },
  };
  return { ...truth, jobs, uploads, clips, workflow, announcements };
}
