import { type Clip, isOpen, type Job, type Tombstone } from '../../core/jobs/job.ts';
import { type Change, type Changes, InvalidCursor, type JobStore } from '../../core/ports/job-store.ts';

/** The jobs table in memory: the same contract suite runs on it and on DynamoDB. Every call takes a turn. */
export function memoryJobStore(): JobStore & { notes: { jobId: string; at: string; text: string }[] } {
  const jobs = new Map<string, Job>();
  const tombstones = new Map<string, Tombstone>();
  const clips = new Map<string, Clip>();
  const notes: { jobId: string; at: string; text: string }[] = [];
  const clipId = (clip: { jobId: string; clipNumber: number }) => `${clip.jobId}/${clip.clipNumber}`;

  function changeIn<T extends object>(
    records: Map<string, T>,
    id: string,
    matches: (record: T) => boolean,
    set: Changes<T>,
  ): Change<T> {
    const record = records.get(id);
    if (!record || !matches(record)) return { changed: false, now: copy(record) };

    const changed = copy(changedBy(record, set));
    records.set(id, changed);
    return { changed: true, now: copy(changed) };
  }

  return {
    notes,
    async create(job) {
      if (jobs.has(job.jobId) || tombstones.has(job.jobId)) return false;
      jobs.set(job.jobId, copy(job));
      return true;
    },
    async get(jobId) {
      return copy(jobs.get(jobId));
    },
    async change(jobId, { status, attempt, cleanup, announcement }, set) {
      const matches = (job: Job) =>
        status.includes(job.status) &&
        job.attempt === attempt &&
        (cleanup === undefined || cleanup.includes(job.cleanup)) &&
        (announcement === undefined || announcement.some((one) => one === job.announcement));
      return changeIn(jobs, jobId, matches, set);
    },
    async listByOwner(owner, { limit, cursor, status }) {
      const all = [...jobs.values()]
        .filter((job) => job.owner === owner && (!status || job.status === status))
        .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
      const from = cursor === undefined ? 0 : all.findIndex(({ jobId }) => jobId === cursor) + 1;
      if (cursor !== undefined && from === 0) throw new InvalidCursor('Not from here.');

      const page = all.slice(from, from + limit);
      const more = from + limit < all.length;
      return { jobs: copy(page), nextCursor: more ? page.at(-1)?.jobId : undefined };
    },
    async *listOpen() {
      const open = [...jobs.values()].filter(isOpen);
      yield* copy(open.sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1)));
    },
    async createClips(added) {
      for (const clip of added) if (!clips.has(clipId(clip))) clips.set(clipId(clip), copy(clip));
    },
    async getClips(jobId) {
      const found = [...clips.values()].filter((clip) => clip.jobId === jobId);
      return copy(found.sort((a, b) => a.clipNumber - b.clipNumber));
    },
    async changeClip(clip, { status, attempt }, set) {
      const matches = (record: Clip) => status.includes(record.status) && record.attempt === attempt;
      return changeIn(clips, clipId(clip), matches, set);
    },
    async note(jobId, at, text) {
      const isThere = notes.some((note) => note.jobId === jobId && note.at === at && note.text === text);
      if (!isThere) notes.push({ jobId, at, text });
    },
    async timeline(jobId, limit) {
      const own = notes.filter((note) => note.jobId === jobId).map(({ at, text }) => ({ at, text }));
      return own.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-limit);
    },
    async bury(jobId, { status, attempt }, at) {
      const job = jobs.get(jobId);
      if (!job || !status.includes(job.status) || job.attempt !== attempt) {
        return { changed: false, now: copy(job) };
      }
      const tombstone = { ...job, updatedAt: at };
      jobs.delete(jobId);
      tombstones.set(jobId, tombstone);
      return { changed: true, now: copy(tombstone) };
    },
    async getBuried(jobId) {
      return copy(tombstones.get(jobId));
    },
    async *listBuried() {
      const all = [...tombstones.values()];
      yield* copy(all.sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1)));
    },
    async eraseRecords(jobId) {
      for (const [id, clip] of clips) if (clip.jobId === jobId) clips.delete(id);
      notes.splice(0, notes.length, ...notes.filter((note) => note.jobId !== jobId));
    },
    async forget(jobId) {
      tombstones.delete(jobId);
    },
  };
}

function copy<T>(value: T): T {
  return structuredClone(value);
}

function changedBy<T extends object>(record: T, set: Changes<T>): T {
  const written = Object.entries(set).filter(([, value]) => value !== undefined);
  const changed = { ...record, ...Object.fromEntries(written) };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null)) as T;
}
