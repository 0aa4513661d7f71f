import { limits } from '../../core/limits.ts';
import { completeMultipart } from '../../core/uploads/complete-multipart.ts';
import type { Command } from './plan.ts';
import type { World } from './world.ts';

const inboxKey = 'inbox/talk.mp4';

const seconds = (ms: number) => ms / 1000;

/** Lets a command begin; it ends in its own time. */
export async function give(world: World, command: Command): Promise<void> {
  const { turns, subject, call, answer, violate } = world;
  const { jobId, sourceKey } = target(world);
  turns.trace.push(`▶ ${JSON.stringify(command)}`);

  /** Strangers get nothing but a refusal. */
  const ask = (by: 'owner' | 'stranger', asked: Promise<unknown>) =>
    void asked.then((got) => {
      if (by === 'stranger' && got !== undefined) violate(`a stranger was answered: ${command.do}`);
    });
  const caller = 'by' in command && command.by === 'stranger' ? 'mallory' : 'alice';

  switch (command.do) {
    case 'upload':
      return upload(world);
    case 'event':
      void world.deliver(() =>
        call('receiveSource', (deps) => subject.receiveSource(deps, sourceKey, turns.now())),
      );
      return;
    case 'create-job': {
      const settings = command.clips ? { numSegments: command.clips } : {};
      const captions = command.captions ? ({ format: 'srt', text: command.captions } as const) : undefined;
      const request = { jobId, sourceKey, settings, captions };
      const creation = call('createJob', (deps) => subject.createJob(deps, caller, request, turns.now()));
      return ask(command.by, answer(creation));
    }
    case 'retry':
      return ask(
        command.by,
        answer(call('retryJob', (deps) => subject.retryJob(deps, caller, jobId, turns.now()))),
      );
    case 'cancel':
      return ask(
        command.by,
        answer(call('cancelJob', (deps) => subject.cancelJob(deps, caller, jobId, turns.now()))),
      );
    case 'delete':
      return ask(
        command.by,
        answer(
          call('deleteJob', async (deps) => {
            await subject.deleteJob(deps, caller, jobId, turns.now());
            return 'deleted';
          }),
        ),
      );
    case 'reconcile':
      return void reconcile(world);
    case 'sweep':
      return void answer(world.sweep());
    case 'abort':
      return world.executions.abort('failed');
    case 'time out':
      return world.executions.abort('timed-out');
    case 'power cut':
      world.executions.interrupt();
      await turns.powerCut();
      return world.executions.beginAgain();
    case 'lose a clip':
      return loseClip(world);
    case 'wait':
      return turns.advance(command.seconds);
    default:
      return command satisfies never;
  }
}

/** One job's trouble is told beside the others' repairs; without a fault there is none. */
export async function reconcile(world: World): Promise<void> {
  const call = world.reconcile();
  const result = await world.answer(call);
  const [trouble] = result?.errors ?? [];
  if (trouble && !call.invocation.troubled)
    world.violate(`not reconciled: ${(trouble.error as Error).message}`);
}

/** The job that commands are about: the file dropped last, where files are dropped. */
function target({ job, jobIds }: World): { jobId: string; sourceKey: string } {
  if (job) return { jobId: job.jobId, sourceKey: job.source.key };
  return { jobId: [...jobIds].at(-1) ?? '', sourceKey: inboxKey };
}

/** Each time another file of the same size, as the form allows for an hour. */
export async function upload(world: World): Promise<void> {
  const { job, truth, turns, multipart, overwritten } = world;
  const before = await truth.uploads.head(job?.source.key ?? inboxKey);
  if (before) overwritten.add(before.etag);
  const content = `abc${String(turns.taken()).padStart(3, '0')}`;
  if (!job) {
    const { key, etag, lastModified } = truth.uploads.put(inboxKey, content);
    world.jobIds.add(world.ids.jobIdOf([key, etag, lastModified].join('\n')));
    return;
  }
  if (seconds(turns.nowMs() - Date.parse(job.createdAt)) > limits.urlLifeSeconds) return;
  if (!job.upload) return void truth.uploads.put(job.source.key, content);

  const claim = { jobId: job.jobId, key: job.source.key, uploadId: job.upload.uploadId };
  const part = { partNumber: 1, etag: multipart.sendPart(claim, 1, content), sizeBytes: content.length };
  void world.answer(
    world.call('completeMultipart', (deps) => completeMultipart(deps, 'alice', claim, [part])),
  );
}

/** As somebody with the keys to the bucket might. */
export async function loseClip(world: World): Promise<void> {
  const { truth, lost, turns } = world;
  const { jobId } = target(world);
  const finished = (await truth.jobs.getClips(jobId)).find(({ status }) => status === 'completed');
  const object = finished && (await truth.clips.head(finished.key));
  if (!finished || !object) return;
  await truth.clips.delete(object);
  lost.set(finished.key, turns.taken());
}
