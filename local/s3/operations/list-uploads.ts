import { answerXml } from '../http/answer.ts';
import { allow, type Call, objectArn } from '../http/call.ts';
import { compareNames, nameEncoder, pageLimit } from '../http/listing.ts';
import { integerParameter } from '../http/s3-request.ts';
import { MAX_PARTS, uploadOf } from './multipart-upload.ts';

export async function listParts(call: Call): Promise<void> {
  const { bucket, key, query, response } = call;
  allow(call, 's3:ListMultipartUploadParts', objectArn(bucket, key));
  const upload = uploadOf(call);
  const limit = pageLimit(call, 'max-parts');
  const marker = integerParameter(call, 'part-number-marker', { min: 0, max: MAX_PARTS, fallback: 0 });
  const rest = bucket.uploads.parts(upload).filter(({ number }) => number > marker);
  const page = rest.slice(0, limit);

  answerXml(response, 'ListPartsResult', {
    Bucket: bucket.name,
    Key: nameEncoder(call)(key),
    UploadId: upload.id,
    StorageClass: 'STANDARD',
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: page.length < rest.length,
    EncodingType: query.get('encoding-type'),
    Part: page.map(({ number, etag, checksum, lastModifiedMs, blob }) => ({
      PartNumber: number,
      LastModified: new Date(lastModifiedMs).toISOString(),
      ETag: `"${etag}"`,
      Size: blob.sizeBytes,
      ...(checksum && { [`Checksum${checksum.algorithm.toUpperCase()}`]: checksum.value }),
    })),
  });
}

export async function listMultipartUploads(call: Call): Promise<void> {
  const { bucket, query, response } = call;
  allow(call, 's3:ListBucketMultipartUploads', bucket.arn);
  const [prefix, keyMarker, idMarker] = [
    query.get('prefix') ?? '',
    query.get('key-marker') ?? '',
    query.get('upload-id-marker') ?? '',
  ];
  const limit = pageLimit(call, 'max-uploads');
  const rest = bucket.uploads
    .all()
    .filter(({ key }) => key.startsWith(prefix))
    .sort((a, b) => compareNames(a.key, b.key) || compareNames(a.id, b.id))
    .filter(
      ({ key, id }) =>
        compareNames(key, keyMarker) > 0 || (idMarker !== '' && key === keyMarker && id > idMarker),
    );
  const page = rest.slice(0, limit);
  const encode = nameEncoder(call);

  answerXml(response, 'ListMultipartUploadsResult', {
    Bucket: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    ...(page.length < rest.length && {
      NextKeyMarker: encode(page.at(-1)?.key ?? ''),
      NextUploadIdMarker: page.at(-1)?.id ?? '',
    }),
    MaxUploads: limit,
    IsTruncated: page.length < rest.length,
    EncodingType: query.get('encoding-type'),
    Upload: page.map(({ key, id, initiatedMs }) => ({
      Key: encode(key),
      UploadId: id,
      Initiated: new Date(initiatedMs).toISOString(),
      StorageClass: 'STANDARD',
    })),
  });
}
