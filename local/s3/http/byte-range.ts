import { S3Error } from '../s3-error.ts';

/** `start` included, `end` excluded. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * One range of `bytes=0-99`, `bytes=100-` or `bytes=-50`; undefined (all of it) for what is no range or more than
 * one, as S3 takes them. Throws InvalidRange where nothing of it is inside.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(sizeBytes - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start < sizeBytes && start < end) return { start, end };
  throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
    RangeRequested: header ?? '',
    ActualObjectSize: sizeBytes,
  });
}
