import type { Call } from './http/call.ts';
import { overrideNames } from './http/object-headers.ts';
import type { S3Request } from './http/s3-request.ts';
import { completeMultipartUpload } from './operations/complete-multipart-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { deleteObject, deleteObjects } from './operations/delete-object.ts';
import { getObject } from './operations/get-object.ts';
import { headBucket, listObjects } from './operations/list-objects.ts';
import { listMultipartUploads, listParts } from './operations/list-uploads.ts';
import { abortMultipartUpload, createMultipartUpload, uploadPart } from './operations/multipart-upload.ts';
import { putObject } from './operations/put-object.ts';
import { S3Error } from './s3-error.ts';

interface Route {
  method: string;
  on: 'bucket' | 'object';
  /** Query parameters that tell this operation from the others. */
  having?: string[];
  /** A header that does so. */
  header?: string;
  /** Query parameters that it understands besides. */
  taking?: string[];
  operation: (call: Call) => Promise<void>;
}

const page = ['prefix', 'delimiter', 'encoding-type'];

/** The first that fits is taken. */
const routes: Route[] = [
  { method: 'HEAD', on: 'bucket', operation: headBucket },
  {
    method: 'GET',
    on: 'bucket',
    having: ['list-type'],
    taking: [...page, 'max-keys', 'continuation-token', 'start-after', 'fetch-owner'],
    operation: listObjects,
  },
  {
    method: 'GET',
    on: 'bucket',
    having: ['uploads'],
    taking: ['prefix', 'encoding-type', 'max-uploads', 'key-marker', 'upload-id-marker'],
    operation: listMultipartUploads,
  },
  { method: 'POST', on: 'bucket', having: ['delete'], operation: deleteObjects },
  {
    method: 'GET',
    on: 'object',
    having: ['uploadId'],
    taking: ['max-parts', 'part-number-marker', 'encoding-type'],
    operation: listParts,
  },
  { method: 'GET', on: 'object', taking: overrideNames, operation: getObject },
  { method: 'HEAD', on: 'object', taking: overrideNames, operation: getObject },
  { method: 'POST', on: 'object', having: ['uploads'], operation: createMultipartUpload },
  { method: 'POST', on: 'object', having: ['uploadId'], operation: completeMultipartUpload },
  { method: 'PUT', on: 'object', having: ['uploadId', 'partNumber'], operation: uploadPart },
  { method: 'DELETE', on: 'object', having: ['uploadId'], operation: abortMultipartUpload },
  { method: 'PUT', on: 'object', header: 'x-amz-copy-source', operation: copyObject },
  { method: 'PUT', on: 'object', operation: putObject },
  { method: 'DELETE', on: 'object', operation: deleteObject },
];

/**
 * Throws NotImplemented where the query asks for more than is done here (`?acl`, `?tagging`, `?versionId`): what
 * looks like a plain PutObject without it would do harm. `x-…` parameters are anybody's own.
 */
export function findOperation({ method, key, query, incoming }: S3Request): Route['operation'] {
  const on = key === '' ? 'bucket' : 'object';
  const route = routes.find(
    ({ having = [], header, ...route }) =>
      route.method === method &&
      route.on === on &&
      having.every((name) => query.has(name)) &&
      (header === undefined || incoming.headers[header] !== undefined),
  );
  if (!route) throw notImplemented(`${method} on this resource`);
  const known = [...(route.having ?? []), ...(route.taking ?? [])];
  const strange = [...query.keys()].find(
    (name) => !known.includes(name) && !name.toLowerCase().startsWith('x-'),
  );
  if (strange !== undefined) throw notImplemented(`The parameter "${strange}"`);
  return route.operation;
}

function notImplemented(what: string): S3Error {
  return new S3Error('NotImplemented', `${what} implies functionality that is not implemented here.`);
}
