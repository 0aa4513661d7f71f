import { awsEncode } from '../../iam/canonical-request.ts';
import { integerParameter, type S3Request } from './s3-request.ts';

const MAX_PAGE = 1000;

/** How many entries the page may have: as asked by the parameter, at most a thousand. */
export function pageLimit(request: S3Request, parameter: string): number {
  return Math.min(
    integerParameter(request, parameter, { min: 0, max: 2 ** 31 - 1, fallback: MAX_PAGE }),
    MAX_PAGE,
  );
}

/** Writes names as `encoding-type` asks; XML cannot hold every character of a key. */
export function nameEncoder({ query }: S3Request): (name: string) => string {
  if (query.get('encoding-type') !== 'url') return (name) => name;
  return (name) => name.split('/').map(awsEncode).join('/');
}

/** The order of S3's lists: that of the UTF-8 bytes. */
export function compareNames(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
