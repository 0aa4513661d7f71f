import { placeholder } from './from-schema.ts';

/** What a job goes by in requests. */
export type JobNames = Partial<Record<'job_id' | 's3_key' | 'upload_id' | 'cursor', string>>;

/** The value with the names of this job where they belong; one that it has not got becomes another's id. */
export function withNames<T>(value: T, names: JobNames): T {
  if (typeof value === 'string') return fill(value, names) as T;
  if (Array.isArray(value)) return value.map((member) => withNames(member, names)) as T;
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withNames(member, names)]),
  ) as T;
}

const absent = {
  job_id: '00000000-0000-4000-8000-000000000000',
  s3_key: 'none',
  upload_id: 'none',
  cursor: '',
};

function fill(text: string, names: JobNames): string {
  for (const [name, value] of Object.entries({ ...absent, ...names })) {
    if (text === placeholder(name)) return value;
  }
  return text;
}
