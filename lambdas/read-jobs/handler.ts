import type * as z from 'zod';
import type { Clip, Job } from '../../core/jobs/job.ts';
import { ownJob } from '../../core/jobs/own-job.ts';
import { limits } from '../../core/limits.ts';
import type { JobStore } from '../../core/ports/job-store.ts';
import type { UrlSigner } from '../../core/ports/uploads.ts';
import { Refusal } from '../../core/refusals.ts';
import { downloadSigner, jobsTable } from '../shared/clients.ts';
import { type HttpCall, httpFunction, jobIdOf, json, ownerOf } from '../shared/http-function.ts';
import { parse } from '../shared/parse.ts';
import { toClipAnswer } from './clip-answer.ts';
import { type clipsAnswer, toStatusAnswer } from './clip-contract.ts';
import { listQuery, type timelineAnswer, toJobAnswer, toSummary } from './contract.ts';

interface Deps {
  jobs: JobStore;
  signer: UrlSigner;
}

export function createHandler(deps: Deps) {
  return httpFunction(async (call) => {
    switch (call.routeKey) {
      case 'GET /api/jobs':
        return json(200, await list(deps, call));
      case 'GET /api/jobs/{id}':
        return json(200, await one(deps, call));
      case 'GET /api/jobs/{id}/status':
        return json(200, await status(deps, call));
      case 'GET /api/jobs/{id}/clips':
        return json(200, await clips(deps, call));
      case 'GET /api/jobs/{id}/timeline':
        return json(200, await timeline(deps, call));
      default:
        throw new Refusal('not-found', 'There is nothing at this path.');
    }
  });
}

async function list({ jobs }: Deps, call: HttpCall) {
  const page = await jobs.listByOwner(ownerOf(call), parse(listQuery, call.query));
  return { jobs: page.jobs.map(toSummary), next_cursor: page.nextCursor ?? null };
}

async function one(deps: Deps, call: HttpCall) {
  const job = await jobOf(deps, call);
  return toJobAnswer(job, await deps.jobs.getClips(job.jobId));
}

async function status(deps: Deps, call: HttpCall) {
  const job = await jobOf(deps, call);
  const clips = await deps.jobs.getClips(job.jobId);
  const urls = new Map<Clip, string>();
  for (const clip of clips.filter(isCompleted)) urls.set(clip, await deps.signer.signDownload(clip.key));
  return toStatusAnswer(job, clips, (clip) => urls.get(clip));
}

async function clips({ jobs, signer }: Deps, call: HttpCall): Promise<z.output<typeof clipsAnswer>> {
  const job = await jobOf({ jobs }, call);
  const completed = (await jobs.getClips(job.jobId)).filter(isCompleted);
  const answers = completed.map((clip) => toClipAnswer(signer, clip));
  return { job_id: job.jobId, total_clips: completed.length, clips: await Promise.all(answers) };
}

async function timeline({ jobs }: Deps, call: HttpCall): Promise<z.output<typeof timelineAnswer>> {
  const { jobId } = await jobOf({ jobs }, call);
  return { job_id: jobId, timeline: await jobs.timeline(jobId, limits.timelineEntries) };
}

function isCompleted(clip: Clip): boolean {
  return clip.status === 'completed';
}

function jobOf({ jobs }: Pick<Deps, 'jobs'>, call: HttpCall): Promise<Job> {
  return ownJob(jobs, ownerOf(call), jobIdOf(call));
}

export const handler = createHandler({ jobs: jobsTable(), signer: downloadSigner() });
