import { S3Error } from '../s3-error.ts';
import type { Precondition, StoredObject } from '../storage/objects.ts';
import { headerText, type S3Request } from './s3-request.ts';

/**
 * RFC 9110 §13.2.2 for GET and HEAD: an ETag decides over a date.
 * Answers `not modified`, or throws PreconditionFailed.
 */
export function checkReadConditions(request: S3Request, object: StoredObject): 'modified' | 'not modified' {
  const header = (name: string) => headerText(request, name);
  const ifMatch = header('if-match');
  const ifUnmodifiedSince = header('if-unmodified-since');
  if (ifMatch !== undefined) {
    if (!listsEtag(ifMatch, object.etag)) throw failed('If-Match');
  } else if (ifUnmodifiedSince !== undefined && isModifiedSince(object, ifUnmodifiedSince)) {
    throw failed('If-Unmodified-Since');
  }
  const ifNoneMatch = header('if-none-match');
  const ifModifiedSince = header('if-modified-since');
  const unchanged =
    ifNoneMatch !== undefined
      ? listsEtag(ifNoneMatch, object.etag)
      : ifModifiedSince !== undefined && !isModifiedSince(object, ifModifiedSince, true);
  return unchanged ? 'not modified' : 'modified';
}

/** `If-None-Match: *` and `If-Match` of a write. */
export function writePrecondition(request: S3Request): Precondition {
  const ifNoneMatch = headerText(request, 'if-none-match');
  const ifMatch = headerText(request, 'if-match');
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    const message = 'A header you provided implies functionality that is not implemented';
    throw new S3Error('NotImplemented', message, {
      Header: 'If-None-Match',
      AdditionalMessage: "We don't accept the provided value of If-None-Match header for this API",
    });
  }
  return (current) => {
    if (ifNoneMatch !== undefined && current) throw failed('If-None-Match');
    matchOrThrow(ifMatch, current);
  };
}

/** `If-Match` of a delete. */
export function deletePrecondition(ifMatch: string | undefined): Precondition {
  return (current) => matchOrThrow(ifMatch, current);
}

/** `"a", "b"`, `a` or `*`. */
export function listsEtag(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((one) => unquote(one.trim()))
    .some((one) => one === '*' || one === etag);
}

function matchOrThrow(ifMatch: string | undefined, current: StoredObject | undefined): void {
  if (ifMatch === undefined) return;
  if (!current) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
  if (!listsEtag(ifMatch, current.etag)) throw failed('If-Match');
}

export function unquote(etag: string): string {
  return etag.replace(/^(?:W\/)?"(.*)"$/, '$1');
}

/** What is no date is ignored. HTTP dates have whole seconds. */
function isModifiedSince({ lastModifiedMs }: StoredObject, date: string, otherwise = false): boolean {
  const since = Date.parse(date);
  return Number.isNaN(since) ? otherwise : Math.floor(lastModifiedMs / 1000) * 1000 > since;
}

function failed(condition: string): S3Error {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new S3Error('PreconditionFailed', message, { Condition: condition });
}
