import type { Ids } from '../../core/ports/ids.ts';
import type { JobStore } from '../../core/ports/job-store.ts';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import type { MultipartUploads, UrlSigner } from '../../core/ports/uploads.ts';
import { Refusal } from '../../core/refusals.ts';
import { abortMultipart } from '../../core/uploads/abort-multipart.ts';
import type { Admitting } from '../../core/uploads/admit-job.ts';
import { beginMultipart } from '../../core/uploads/begin-multipart.ts';
import { completeMultipart } from '../../core/uploads/complete-multipart.ts';
import { listParts } from '../../core/uploads/list-parts.ts';
import { signParts } from '../../core/uploads/sign-parts.ts';
import { jobsTable, multipartUploads, quotaUsage, uploadSigner, uploadsBucket } from '../shared/clients.ts';
import {
  type Answer,
  type HttpCall,
  httpFunction,
  json,
  noContent,
  ownerOf,
} from '../shared/http-function.ts';
import { ids } from '../shared/ids.ts';
import { parseBody } from '../shared/parse.ts';
import {
  completeRequest,
  initiateRequest,
  toClaim,
  toClaimedParts,
  toCompleteAnswer,
  toInitiateAnswer,
  toMultipartRequest,
  toPartsAnswer,
  toUrlsAnswer,
  uploadClaim,
  urlsRequest,
} from './contract.ts';

export interface Deps extends Admitting {
  jobs: JobStore;
  multipart: MultipartUploads;
  uploads: ObjectStore;
  signer: UrlSigner;
  ids: Ids;
}

export function createHandler(deps: Deps) {
  return httpFunction(async (call) => {
    switch (call.routeKey) {
      case 'POST /api/upload/multipart/initiate':
        return initiate(deps, call);
      case 'POST /api/upload/multipart/urls':
        return urls(deps, call);
      case 'POST /api/upload/multipart/parts':
        return parts(deps, call);
      case 'POST /api/upload/multipart/complete':
        return complete(deps, call);
      case 'POST /api/upload/multipart/abort':
        return abort(deps, call);
      default:
        throw new Refusal('not-found', 'There is nothing at this path.');
    }
  });
}

async function initiate(deps: Deps, call: HttpCall): Promise<Answer> {
  const request = toMultipartRequest(parseBody(initiateRequest, call));
  const begun = await beginMultipart(deps, ownerOf(call), request, call.now);
  return json(200, toInitiateAnswer(begun));
}

async function urls(deps: Deps, call: HttpCall): Promise<Answer> {
  const { part_numbers, ...claim } = parseBody(urlsRequest, call);
  return json(200, toUrlsAnswer(await signParts(deps, ownerOf(call), toClaim(claim), part_numbers)));
}

async function parts(deps: Deps, call: HttpCall): Promise<Answer> {
  const claim = toClaim(parseBody(uploadClaim, call));
  return json(200, toPartsAnswer(await listParts(deps, ownerOf(call), claim)));
}

async function complete(deps: Deps, call: HttpCall): Promise<Answer> {
  const { parts: list, ...claim } = parseBody(completeRequest, call);
  const completed = await completeMultipart(deps, ownerOf(call), toClaim(claim), toClaimedParts(list));
  return json(200, toCompleteAnswer(completed));
}

async function abort(deps: Deps, call: HttpCall): Promise<Answer> {
  await abortMultipart(deps, ownerOf(call), toClaim(parseBody(uploadClaim, call)), call.now);
  return noContent();
}

export const handler = createHandler({
  jobs: jobsTable(),
  usage: quotaUsage(),
  multipart: multipartUploads(),
  uploads: uploadsBucket(),
  signer: uploadSigner(),
  ids,
});
