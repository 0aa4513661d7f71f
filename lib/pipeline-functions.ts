import { Duration } from 'aws-cdk-lib';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ClipsBucket } from './clips-bucket.ts';
import type { JobsTable } from './jobs-table.ts';
import type { UploadsBucket } from './uploads-bucket.ts';
import { answering, VerbFunction } from './verb-function.ts';

interface Props {
  uploads: UploadsBucket;
  clips: ClipsBucket;
  jobs: JobsTable;
  ffmpeg: ILayerVersion;
  renderMemoryMb: number;
}

/** The steps of the state machine, in its order. CPU comes with memory, so those that run ffmpeg get much of it. */
export class PipelineFunctions extends Construct {
  readonly probeSource: VerbFunction;
  readonly extractAudio: VerbFunction;
  readonly selectSegments: VerbFunction;
  readonly renderClip: VerbFunction;
  readonly failClip: VerbFunction;
  readonly finishJob: VerbFunction;
  readonly cleanUpJob: VerbFunction;
  readonly failJob: VerbFunction;
  readonly announceJob: VerbFunction;

  constructor(scope: Construct, id: string, { uploads, clips, jobs, ffmpeg, renderMemoryMb }: Props) {
    super(scope, id);
    const step = (verb: string, props: Partial<ConstructorParameters<typeof VerbFunction>[2]> = {}) => {
      const fn = new VerbFunction(this, verb, { ...answering, timeout: Duration.minutes(1), ...props });
      jobs.grantChange(fn);
      return fn;
    };

    this.probeSource = step('probe-source', {
      memoryMb: 1769,
      // Usually seconds; a recording that does not state its length is read to its end.
      timeout: Duration.minutes(15),
      ffmpeg,
    });
    jobs.grantCreate(this.probeSource);
    uploads.grantReadSources(this.probeSource);

    this.extractAudio = step('extract-audio', {
      // Waits for the network, which is no faster with more; less would not hold the largest picture. docs/cost.md.
      memoryMb: 1769,
      timeout: Duration.minutes(15),
      // 16 kHz mono FLAC: some 70 MB an hour.
      temporaryMb: 4096,
      // What passes through is collected while it is young: core/media/reads/collect-young.ts.
      nodeOptions: ['--expose-gc', '--max-semi-space-size=1'],
      ffmpeg,
    });
    uploads.grantReadSources(this.extractAudio);
    uploads.grantReadAudio(this.extractAudio);
    uploads.grantWriteAudio(this.extractAudio);

    // Listening is one thread's work: a second vCPU would wait beside it; docs/cost.md.
    this.selectSegments = step('select-segments', { memoryMb: 1769, timeout: Duration.minutes(15), ffmpeg });
    jobs.grantCreate(this.selectSegments);
    jobs.grantReadClips(this.selectSegments);
    uploads.grantReadAudio(this.selectSegments);
    clips.grantRead(this.selectSegments);

    this.renderClip = step('render-clip', {
      memoryMb: renderMemoryMb,
      timeout: Duration.minutes(15),
      // A clip is at most 4 GiB (core/media/clip/clip-args.ts), and lies there twice while its sound is put in.
      temporaryMb: 10_240,
      ffmpeg,
    });
    jobs.grantCreate(this.renderClip);
    uploads.grantReadSources(this.renderClip);
    uploads.grantReadGiven(this.renderClip);
    clips.grantRead(this.renderClip);
    clips.grantWrite(this.renderClip);

    this.failClip = step('fail-clip');
    jobs.grantCreate(this.failClip);

    this.finishJob = step('finish-job');
    jobs.grantCreate(this.finishJob);
    jobs.grantReadClips(this.finishJob);
    clips.grantRead(this.finishJob);

    this.cleanUpJob = step('clean-up-job');
    jobs.grantCreate(this.cleanUpJob);
    jobs.grantReadClips(this.cleanUpJob);
    clips.grantRead(this.cleanUpJob);
    uploads.grantDelete(this.cleanUpJob);

    this.failJob = step('fail-job');
    jobs.grantCreate(this.failJob);

    this.announceJob = step('announce-job');
    jobs.grantReadClips(this.announceJob);
  }

  all(): VerbFunction[] {
    return [
      this.probeSource,
      this.extractAudio,
      this.selectSegments,
      this.renderClip,
      this.failClip,
      this.finishJob,
      this.cleanUpJob,
      this.failJob,
      this.announceJob,
    ];
  }
}
