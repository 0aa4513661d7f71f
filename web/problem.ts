import type { Problem } from './wire-types.ts';

/** The API refused, and said why. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;

  constructor(problem: Problem) {
    super(wordsOf(problem));
    this.status = problem.status;
    this.code = problem.code;
  }
}

/** Reads the problem of an answer that is no success, also where something before the API answered. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const told = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new ApiProblem({
    status: response.status,
    code: told.code ?? `http-${response.status}`,
    title: told.title ?? '',
    detail: told.detail ?? otherwise(response.status),
    errors: told.errors ?? [],
  });
}

/** Trying the same again may help: no answer came, or one that says "not now". */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return true;
  // A 429 with a code of its own is a quota, which waiting a moment does not change.
  const isThrottled = error.code === 'http-429';
  return error.status >= 500 || isThrottled || error.status === 408;
}

function wordsOf({ detail, errors }: Problem): string {
  return [detail, ...errors.map(({ field, message }) => `${field}: ${message}`)].join(' ');
}

function otherwise(status: number): string {
  if (status === 401 || status === 403) return 'Your sign-in does not hold any more. Sign in again.';
  if (status === 429) return 'Too many calls at once. Try again in a moment.';
  return 'The service can’t answer right now. Try again in a moment.';
}
