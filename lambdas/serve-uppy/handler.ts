import { Refusal } from '../../core/refusals.ts';
import { abortMultipart } from '../../core/uploads/abort-multipart.ts';
import { beginMultipart } from '../../core/uploads/begin-multipart.ts';
import { completeMultipart } from '../../core/uploads/complete-multipart.ts';
import { listParts } from '../../core/uploads/list-parts.ts';
import type { UploadClaim } from '../../core/uploads/own-upload.ts';
import { presignUpload } from '../../core/uploads/presign-upload.ts';
import { signParts } from '../../core/uploads/sign-parts.ts';
import { toClaimedParts } from '../multipart-upload/contract.ts';
import type { Deps } from '../multipart-upload/handler.ts';
import { jobsTable, multipartUploads, quotaUsage, uploadSigner, uploadsBucket } from '../shared/clients.ts';
import { type HttpCall, httpFunction, json, ownerOf } from '../shared/http-function.ts';
import { ids } from '../shared/ids.ts';
import { parse, parseBody } from '../shared/parse.ts';
import {
  toClaim,
  toMultipartRequest,
  toUppyParts,
  uppyCompleteRequest,
  uppyFile,
  uppyKeyQuery,
  uppyPartNumber,
} from './contract.ts';

/** The routes that Uppy's AwsS3 calls where its companionEndpoint is `/api/uppy`; docs/adr/0009-multipart.md. */
export function createHandler(deps: Deps) {
  return httpFunction(async (call) => {
    switch (call.routeKey) {
      case 'GET /api/uppy/s3/params':
        return json(200, await form(deps, call));
      case 'POST /api/uppy/s3/multipart':
        return json(200, await begin(deps, call));
      case 'GET /api/uppy/s3/multipart/{uploadId}':
        return json(200, toUppyParts((await listParts(deps, ownerOf(call), claimOf(call))).parts));
      case 'GET /api/uppy/s3/multipart/{uploadId}/{partNumber}':
        return json(200, await sign(deps, call));
      case 'POST /api/uppy/s3/multipart/{uploadId}/complete':
        return json(200, await complete(deps, call));
      case 'DELETE /api/uppy/s3/multipart/{uploadId}':
        await abortMultipart(deps, ownerOf(call), claimOf(call), call.now);
        return json(200, {});
      default:
        throw new Refusal('not-found', 'There is nothing at this path.');
    }
  });
}

async function form(deps: Deps, call: HttpCall) {
  const request = toMultipartRequest(parse(uppyFile, unfold(call.query)));
  const { url, fields } = await presignUpload(deps, ownerOf(call), request, call.now);
  return { method: 'POST', url, fields };
}

async function begin(deps: Deps, call: HttpCall) {
  const request = toMultipartRequest(parseBody(uppyFile, call));
  const { job } = await beginMultipart(deps, ownerOf(call), request, call.now);
  return { key: job.source.key, uploadId: job.upload.uploadId };
}

async function sign(deps: Deps, call: HttpCall) {
  const { partNumber } = parse(uppyPartNumber, call.pathParameters);
  const { urls, expiresInSeconds } = await signParts(deps, ownerOf(call), claimOf(call), [partNumber]);
  return { url: urls[0]?.url, expires: expiresInSeconds };
}

async function complete(deps: Deps, call: HttpCall) {
  const parts = toClaimedParts(parseBody(uppyCompleteRequest, call).parts);
  const claim = claimOf(call);
  const { key } = await completeMultipart(deps, ownerOf(call), claim, parts);
  return { location: `/api/jobs/${claim.jobId}`, key };
}

function claimOf({ pathParameters: { uploadId = '' }, query }: HttpCall): UploadClaim {
  return toClaim(uploadId, parse(uppyKeyQuery, query).key);
}

/** `metadata[file_size]=1` as `{ metadata: { file_size: '1' } }`. */
function unfold(query: HttpCall['query']): unknown {
  const entries = Object.entries(query);
  const metadata = entries.flatMap(([name, value]) => {
    const [, field] = /^metadata\[(.*)\]$/.exec(name) ?? [];
    return field === undefined ? [] : [[field, value]];
  });
  return { ...query, metadata: Object.fromEntries(metadata) };
}

export const handler = createHandler({
  jobs: jobsTable(),
  usage: quotaUsage(),
  multipart: multipartUploads(),
  uploads: uploadsBucket(),
  signer: uploadSigner(),
  ids,
});
