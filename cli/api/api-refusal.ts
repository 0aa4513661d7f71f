import type { Problem } from './wire-types.ts';

/** The API said no, and why. Trying the same again would not help. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  /** HTTP's. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, problem: Problem, host: string, hasToken = false) {
    super(problemText(status, problem, host, hasToken));
    this.status = status;
    this.code = typeof problem.code === 'string' ? problem.code : `http-${status}`;
  }
}

/** The problem's detail and its fields, each with the flag that sets it. `hasToken`: one was sent along. */
export function problemText(
  status: number,
  { code, detail, errors }: Problem,
  host: string,
  hasToken = false,
): string {
  if (status === 401) {
    return hasToken
      ? `${host} does not take the token in CLIPWRIGHT_TOKEN: it is wrong or has expired.`
      : `${host} asks for a token: set CLIPWRIGHT_TOKEN.`;
  }
  if (typeof code !== 'string') return notClipwright(status, host);
  const named = Array.isArray(errors) ? errors.filter((error) => typeof error?.field === 'string') : [];
  const fields = named.map(({ field, message }) => `\n  ${flagged(field)}: ${message}`);
  return `${detail ?? `${host} answered ${status}.`}${fields.join('')}`;
}

function notClipwright(status: number, host: string): string {
  return `${host} answered ${status}, but not as Clipwright does. Is the address right?`;
}

const flags: Record<string, string> = {
  num_segments: '--segments',
  min_duration: '--min-duration',
  max_duration: '--max-duration',
  segments: '--segment',
  custom_instructions: '--instructions',
  status: '--status',
};

function flagged(field: string): string {
  const flag = flags[field.split(/[.[]/, 1)[0]!];
  return flag ? `${field} (${flag})` : field;
}
