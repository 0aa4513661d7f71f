import { join } from 'node:path';
import type { EmitEvent } from '../../types.ts';
import { changeEvent, wasDone } from '../events.ts';
import type { BucketOptions, CorsRule } from '../types.ts';
import { Blobs } from './blobs.ts';
import { type Announce, Objects } from './objects.ts';
import { Outbox } from './outbox.ts';
import { Uploads } from './uploads.ts';

export interface Bucket {
  name: string;
  /** `arn:aws:s3:::name` */
  arn: string;
  cors: CorsRule[];
  objects: Objects;
  uploads: Uploads;
  blobs: Blobs;
}

/** Goes on with what is in the folder, whatever the moment at which the last process ended. */
export async function openBucket(dataDir: string, options: BucketOptions, emit: EmitEvent): Promise<Bucket> {
  const folder = join(dataDir, options.name);
  const blobs = await Blobs.open(join(folder, 'blobs'));
  const outbox = await Outbox.open(join(folder, 'outbox'), emit);
  const announced: Announce = (change, origin, commit) =>
    outbox.announce(change.object.sequencer, changeEvent(options.name, change, origin), commit);
  const unannounced: Announce = (_change, _origin, commit) => commit();

  const objects = await Objects.open(
    join(folder, 'objects'),
    blobs,
    options.eventBridge ? announced : unannounced,
  );
  const uploads = await Uploads.open(join(folder, 'uploads'), blobs);
  await blobs.sweep();
  await outbox.sendLeftovers((event) => wasDone(event, objects));
  return {
    name: options.name,
    arn: `arn:aws:s3:::${options.name}`,
    cors: options.cors,
    objects,
    uploads,
    blobs,
  };
}
