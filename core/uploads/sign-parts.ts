import { limits } from '../limits.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { UrlSigner } from '../ports/uploads.ts';
import { Refusal } from '../refusals.ts';
import { openUpload, type UploadClaim } from './own-upload.ts';
import { partBytesOf } from './part-plan.ts';

export interface SignedParts {
  urls: { partNumber: number; url: string }[];
  expiresInSeconds: number;
}

/**
 * A URL for each part asked for, which takes exactly the bytes of that part. An upload may take longer than a URL
 * lives: ask for more whenever they are needed.
 * @throws Refusal `job-not-found`, `wrong-key`, `upload-not-found`, `validation-failed` (part_numbers)
 */
export async function signParts(
  { jobs, signer }: { jobs: JobStore; signer: Pick<UrlSigner, 'signPart'> },
  owner: string,
  claim: UploadClaim,
  partNumbers: number[],
): Promise<SignedParts> {
  const { source, upload } = await openUpload(jobs, owner, claim);
  const errors = partNumbers.flatMap((partNumber, index) =>
    partNumber <= upload.numParts
      ? []
      : [
          {
            field: `part_numbers.${index}`,
            message: `The parts of this upload are 1 to ${upload.numParts}.`,
          },
        ],
  );
  if (errors.length > 0) throw new Refusal('validation-failed', 'Not valid: part_numbers.', errors);

  let expiresInSeconds: number = limits.urlLifeSeconds;
  const urls: SignedParts['urls'] = [];
  for (const partNumber of partNumbers) {
    const sizeBytes = partBytesOf(upload, source.sizeBytes, partNumber);
    const signed = await signer.signPart({ ...claim, partNumber, sizeBytes });
    urls.push({ partNumber, url: signed.url });
    expiresInSeconds = Math.min(expiresInSeconds, signed.expiresInSeconds);
  }
  return { urls, expiresInSeconds };
}
