import { jobStatuses, runningStatuses } from '../../core/jobs/job.ts';
import type { Bug, Ports } from './subject.ts';

let unnamed = 0;

/** Mistakes that were, or might have been, made in this very code: a trial that does not find them proves nothing. */
export const bugs: Bug[] = [
  {
    name: 'a clip is written without regard to one that is there',
    ports: (ports) => ({
      ...ports,
      clips: {
        ...ports.clips,
        putFile: (key, path, options) => ports.clips.putFile(key, path, { ...options, once: false }),
      },
    }),
  },
  {
    name: 'cleanup does not look for the clips',
    ports: (ports, by) => (by === 'cleanUpJob' || by === 'reconcileJobs' ? believing(ports) : ports),
  },
  {
    name: 'a job is completed without looking for its clips',
    ports: (ports, by) => (by === 'finishJob' ? believing(ports) : ports),
  },
  {
    name: 'an older attempt may write',
    ports: (ports) => ({
      ...ports,
      jobs: {
        ...ports.jobs,
        async change(jobId, expected, set) {
          const { attempt = expected.attempt } = (await ports.jobs.get(jobId)) ?? {};
          return ports.jobs.change(jobId, { ...expected, attempt }, set);
        },
        async changeClip(clip, expected, set) {
          const clips = await ports.jobs.getClips(clip.jobId);
          const found = clips.find(({ clipNumber }) => clipNumber === clip.clipNumber);
          return ports.jobs.changeClip(
            clip,
            { ...expected, attempt: found?.attempt ?? expected.attempt },
            set,
          );
        },
      },
    }),
  },
  {
    name: 'a job is changed whatever its status',
    ports: (ports) => ({
      ...ports,
      jobs: {
        ...ports.jobs,
        change: (jobId, expected, set) => ports.jobs.change(jobId, { ...expected, status: jobStatuses }, set),
      },
    }),
  },
  {
    name: 'cancelling deletes the source',
    subject: (subject) => ({
      ...subject,
      async cancelJob(deps, ...rest) {
        const job = await subject.cancelJob(deps, ...rest);
        const { key, etag } = job.source;
        if (etag && 'uploads' in deps) await (deps as unknown as Ports).uploads.delete({ key, etag });
        return job;
      },
    }),
  },
  {
    name: 'a retry renders finished clips again',
    subject: (subject) => ({
      ...subject,
      async selectSegments(deps, run, room) {
        for (const clip of await deps.jobs.getClips(run.jobId)) {
          const isEarlier = clip.attempt < run.attempt;
          const again = { status: 'pending', attempt: run.attempt } as const;
          if (isEarlier)
            await deps.jobs.changeClip(clip, { status: [clip.status], attempt: clip.attempt }, again);
        }
        return subject.selectSegments(deps, run, room);
      },
    }),
  },
  {
    name: 'an event starts a job that runs',
    ports: (ports, by) => {
      if (by !== 'receiveSource') return ports;
      const start: Ports['workflow']['start'] = async (run) => {
        unnamed += 1;
        await ports.workflow.start({ ...run, name: `unnamed ${unnamed}` } as typeof run);
      };
      return { ...ports, workflow: { ...ports.workflow, start } };
    },
  },
  {
    name: 'nobody sweeps up after a deleted job',
    subject: (subject) => ({
      ...subject,
      async deleteJob(deps, owner, jobId, now) {
        await subject.deleteJob(deps, owner, jobId, now);
        await deps.jobs.forget(jobId);
      },
    }),
  },
  {
    name: 'a start that was claimed is not made up for',
    ports: (ports, by) => {
      const isReconciling = by === 'reconcileJobs' || by === 'reconcileJob';
      const start = async () => undefined;
      return isReconciling ? { ...ports, workflow: { ...ports.workflow, start } } : ports;
    },
  },
  {
    name: 'a source that was replaced is deleted, too',
    ports: (ports, by) => {
      if (by !== 'cleanUpJob') return ports;
      const remove: Ports['uploads']['delete'] = async (object) =>
        ports.uploads.delete((await ports.uploads.head(object.key)) ?? object);
      return { ...ports, uploads: { ...ports.uploads, delete: remove } };
    },
  },
  {
    name: 'a job is deleted while it runs',
    ports: (ports, by) => {
      if (by !== 'deleteJob') return ports;
      const bury: Ports['jobs']['bury'] = (jobId, expected, at) =>
        ports.jobs.bury(jobId, { ...expected, status: [...expected.status, ...runningStatuses] }, at);
      return { ...ports, jobs: { ...ports.jobs, bury } };
    },
  },
];

/** Takes the records' word for it that all clips are there. */
function believing(ports: Ports): Ports {
  const getClips: Ports['jobs']['getClips'] = async (jobId) =>
    (await ports.jobs.getClips(jobId)).map((clip) => ({ ...clip, status: 'completed', files: [] }));
  return { ...ports, jobs: { ...ports.jobs, getClips } };
}
