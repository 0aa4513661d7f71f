import type { UploadedPart } from '../ports/uploads.ts';
import { type FieldError, Refusal } from '../refusals.ts';
import { type PartPlan, partBytesOf } from './part-plan.ts';

/** What the client says of a part that it sent. */
export interface ClaimedPart {
  partNumber: number;
  etag: string;
}

/** An answer stays short, however many parts are missing. */
const mostNamed = 50;

/**
 * Whether what S3 holds is the whole file, and what the client means by it.
 * @throws Refusal `upload-incomplete`, naming the parts that are missing, of another size or not those meant
 */
export function checkParts(
  plan: PartPlan,
  sizeBytes: number,
  uploaded: UploadedPart[],
  claimed: ClaimedPart[],
): void {
  const found = new Map(uploaded.map((part) => [part.partNumber, part]));
  const meant = new Map(claimed.map(({ partNumber, etag }) => [partNumber, etag]));
  const timesMeant = new Map<number, number>();
  for (const { partNumber } of claimed) timesMeant.set(partNumber, (timesMeant.get(partNumber) ?? 0) + 1);
  const fault = (partNumber: number): string | undefined => {
    const part = found.get(partNumber);
    const expectedBytes = partBytesOf(plan, sizeBytes, partNumber);
    if (!part) return 'is not there: upload it';
    if (part.sizeBytes !== expectedBytes) {
      return `has ${part.sizeBytes} bytes instead of ${expectedBytes}: upload it again`;
    }
    if (!meant.has(partNumber)) return 'is not in your list';
    if (timesMeant.get(partNumber) !== 1) return 'is in your list more than once';
    if (meant.get(partNumber) !== part.etag)
      return 'is there with another ETag: ask for the parts, or upload it again';
    return undefined;
  };

  const faults: FieldError[] = [];
  const numbers = new Set([
    ...Array.from({ length: plan.numParts }, (_, index) => index + 1),
    ...meant.keys(),
  ]);
  for (const partNumber of numbers) {
    const wrong = partNumber > plan.numParts ? 'is none of this upload' : fault(partNumber);
    if (wrong) faults.push({ field: 'parts', message: `Part ${partNumber} ${wrong}.` });
  }
  if (faults.length === 0) return;

  const detail = `${faults.length} of ${plan.numParts} parts are missing or differ.`;
  throw new Refusal('upload-incomplete', detail, faults.slice(0, mostNamed));
}
