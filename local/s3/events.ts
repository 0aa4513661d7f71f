import { accountId, type OutgoingEvent } from '../types.ts';
import type { Change, Objects, Origin } from './storage/objects.ts';

/** As S3 tells EventBridge: the key as it is (not URL-encoded), the ETag without quotes. */
export function changeEvent(bucketName: string, { kind, object }: Change, origin: Origin): OutgoingEvent {
  const { key, sizeBytes, etag, sequencer } = object;
  return {
    source: 'aws.s3',
    detailType: kind === 'created' ? 'Object Created' : 'Object Deleted',
    resources: [`arn:aws:s3:::${bucketName}`],
    detail: {
      version: '0',
      bucket: { name: bucketName },
      object: kind === 'created' ? { key, size: sizeBytes, etag, sequencer } : { key, etag, sequencer },
      'request-id': origin.requestId,
      requester: accountId,
      'source-ip-address': origin.sourceIp,
      reason: origin.reason,
      ...(kind === 'deleted' && { 'deletion-type': 'Permanently Deleted' }),
    },
  };
}

/** Whether the change that an event tells of was really made. */
export function wasDone({ detailType, detail }: OutgoingEvent, objects: Objects): boolean {
  const { key, sequencer } = detail.object as { key: string; sequencer: string };
  const current = objects.get(key);
  if (detailType === 'Object Created') return current !== undefined && current.sequencer >= sequencer;
  return current === undefined || current.sequencer > sequencer;
}
