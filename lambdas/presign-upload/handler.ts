import { presignUpload } from '../../core/uploads/presign-upload.ts';
import { jobsTable, quotaUsage, uploadSigner, uploadsBucket } from '../shared/clients.ts';
import { httpFunction, json, ownerOf } from '../shared/http-function.ts';
import { ids } from '../shared/ids.ts';
import { parse, parseJson } from '../shared/parse.ts';
import { presignRequest, toPresignAnswer, toUploadRequest } from './contract.ts';

export function createHandler(deps: Parameters<typeof presignUpload>[0]) {
  return httpFunction(async (call) => {
    const body = parse(presignRequest, parseJson(call.event.body, call.event.isBase64Encoded));

    const upload = await presignUpload(deps, ownerOf(call), toUploadRequest(body), call.now);

    return json(200, toPresignAnswer(upload));
  });
}

export const handler = createHandler({
  jobs: jobsTable(),
  usage: quotaUsage(),
  uploads: uploadsBucket(),
  signer: uploadSigner(),
  ids,
});
