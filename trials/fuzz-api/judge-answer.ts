import * as z from 'zod';
import type { Operation } from './api-document.ts';
import type { Answer } from './send.ts';

/** What tells more than anybody should know: stacks, paths, words of the SDK and of the language. */
const insides =
  /\n\s+at |node_modules|\/tmp\/|\/var\/task|file:\/\/|@aws-sdk|arn:aws|(Type|Syntax|Range|URI|Zod)Error|[a-z]Exception\b|ECONN|is not authorized to perform/;

/** Paths and methods that no route takes get these. */
const elsewhere = [200, 204, 301, 308, 400, 401, 403, 404, 405, 409, 413, 414, 422, 429, 431];
const saidByGateway = z.strictObject({ message: z.string() });

export interface Judge {
  /** What is wrong with an answer to a request for this route; for none, if it was sent astray. */
  judge(operation: Operation | undefined, method: string, answer: Answer): string[];
}

/** `problem`: how the document says that refusals look. */
export function createJudge(problem: z.ZodType): Judge {
  return {
    judge(operation, method, answer) {
      return [
        ...(answer.status >= 500 ? [`${answer.status}`] : []),
        ...(insides.test(answer.text) ? ['tells of its insides'] : []),
        ...(operation ? ofRoute(operation, answer) : astray(problem, method, answer)),
      ];
    },
  };
}

function ofRoute({ responses, method }: Operation, answer: Answer): string[] {
  if (!(answer.status in responses)) return [`${answer.status} is not in the document`];
  const schemas = responses[answer.status];
  if (!schemas || method === 'HEAD') return answer.text === '' ? [] : ['has a body'];
  return fits(schemas, answer);
}

function astray(problem: z.ZodType, method: string, answer: Answer): string[] {
  if (!elsewhere.includes(answer.status)) return [`${answer.status} to a path that is none`];
  if (answer.status < 400 || method === 'HEAD' || answer.text === '') return [];
  if (!/json/.test(answer.headers['content-type'] ?? '')) return [];
  const schemas = new Map([
    ['application/problem+json', problem],
    ['application/json', saidByGateway],
  ]);
  return fits(schemas, answer);
}

function fits(schemas: Map<string, z.ZodType>, { headers, text }: Answer): string[] {
  const type = headers['content-type']?.split(';')[0] ?? 'none';
  const schema = schemas.get(type);
  if (!schema) return [`its type is ${type}`];
  const result = schema.safeParse(parsed(text));
  return result.success
    ? []
    : [
        `does not fit its schema: ${result.error.issues[0]?.path.join('.')} ${result.error.issues[0]?.message}`,
      ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
