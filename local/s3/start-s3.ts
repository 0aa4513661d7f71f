import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountId, type LocalService } from '../types.ts';
import { answerError, hostId } from './http/answer.ts';
import { authenticate, type Service } from './http/call.ts';
import { addCorsHeaders, answerPreflight } from './http/cors.ts';
import { parseRequest, requestId, type S3Request } from './http/s3-request.ts';
import { postObject } from './post/post-object.ts';
import { findOperation } from './routes.ts';
import { S3Error } from './s3-error.ts';
import { type Bucket, openBucket } from './storage/bucket.ts';
import type { S3Options } from './types.ts';

/**
 * S3 on this machine's disk, path-style. Goes on with what is in `dataDir`, however the last process ended; one
 * process at a time.
 */
export async function startS3(options: S3Options): Promise<LocalService> {
  const { dataDir, access, emit, clock = Date.now } = options;
  const buckets = new Map<string, Bucket>();
  for (const bucket of options.buckets) buckets.set(bucket.name, await openBucket(dataDir, bucket, emit));

  const underWay = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    const answered = answer(incoming, response, { access, buckets, clock });
    underWay.add(answered);
    void answered.finally(() => underWay.delete(answered));
  });
  server.requestTimeout = 0; // Node's five minutes would cut long uploads off
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(underWay);
    },
  };
}

async function answer(incoming: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const id = requestId();
  response.setHeader('x-amz-request-id', id);
  response.setHeader('x-amz-id-2', hostId);
  try {
    await dispatch(parseRequest(id, incoming, response), service);
  } catch (error) {
    await answerError({ id, incoming, method: incoming.method ?? '', response }, error);
  }
}

async function dispatch(request: S3Request, service: Service): Promise<void> {
  const { method, bucketName, key, query, incoming, response } = request;
  const bucket = service.buckets.get(bucketName);
  if (bucket && method !== 'OPTIONS') addCorsHeaders(bucket.cors, incoming, response);
  if (bucket && method === 'OPTIONS') return answerPreflight(bucket.cors, incoming, response);
  if (bucket && method === 'POST' && key === '' && !query.has('delete'))
    return postObject(request, bucket, service);

  const signature = authenticate(request, service);
  if (!bucket)
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucketName });
  const owner = incoming.headers['x-amz-expected-bucket-owner'];
  if (owner !== undefined && owner !== accountId) throw new S3Error('AccessDenied', 'Access Denied');
  await findOperation(request)({ ...request, service, bucket, signature });
}
