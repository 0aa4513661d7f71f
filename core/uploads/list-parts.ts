import type { JobStore } from '../ports/job-store.ts';
import type { MultipartUploads, UploadedPart } from '../ports/uploads.ts';
import { uploadNotFound } from '../refusals.ts';
import { openUpload, type UploadClaim } from './own-upload.ts';
import type { PartPlan } from './part-plan.ts';

/**
 * Which parts have arrived, asked of S3 itself: where to go on after a break.
 * @throws Refusal `job-not-found`, `wrong-key`, `upload-not-found`
 */
export async function listParts(
  { jobs, multipart }: { jobs: JobStore; multipart: MultipartUploads },
  owner: string,
  claim: UploadClaim,
): Promise<{ parts: UploadedPart[]; plan: PartPlan }> {
  const { upload: plan } = await openUpload(jobs, owner, claim);
  const parts = await multipart.listParts(claim);
  if (!parts) throw uploadNotFound();
  return { parts, plan };
}
