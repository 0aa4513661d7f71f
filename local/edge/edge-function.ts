import { createContext, Script } from 'node:vm';
import type { Stack } from '../template/stack.ts';
import { TemplateError } from '../template/template-error.ts';

interface FunctionProperties {
  FunctionCode: string;
  FunctionConfig: { Runtime: string };
}

/** Throws TemplateError where the code is not in the template. */
export function functionCode(stack: Stack, functionArn: string): string {
  const found = stack
    .ofType<FunctionProperties>('AWS::CloudFront::Function')
    .find(({ attributes }) => attributes.FunctionARN === functionArn);
  if (!found) throw new TemplateError(`the CloudFront function ${functionArn} is not in the template`);
  return found.properties.FunctionCode;
}

interface Value {
  value: string;
  multiValue?: { value: string }[];
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html */
export interface ViewerRequestEvent {
  version: '1.0';
  context: {
    distributionDomainName: string;
    distributionId: string;
    eventType: 'viewer-request';
    requestId: string;
  };
  viewer: { ip: string };
  request: EdgeRequest;
}

export interface EdgeRequest {
  method: string;
  uri: string;
  querystring: Record<string, Value>;
  headers: Record<string, Value>;
  cookies: Record<string, Value>;
}

/** What a function may answer by itself. */
export interface EdgeAnswer {
  statusCode: number;
  statusDescription?: string;
  headers?: Record<string, Value>;
  body?: string | { encoding: 'text' | 'base64'; data: string };
}

export type ViewerRequestFunction = (event: ViewerRequestEvent) => EdgeRequest | EdgeAnswer;

/** CloudFront gives a function about a millisecond; this one is for endless loops. */
const timeoutMs = 1000;

/**
 * The function that the code declares as `handler`, run as CloudFront does: knowing nothing but the language, and the
 * event as a copy. What it declares is made anew each time. It must not be asynchronous. Throws what the code throws.
 */
export function edgeFunction(code: string): ViewerRequestFunction {
  const script = new Script(`(() => {\n${code}\nreturn JSON.stringify(handler(JSON.parse(event)));\n})();`);
  // One world for all requests: to make one takes longer than everything else that an edge does.
  const world = createContext({ event: '' });
  return (event) => {
    world.event = JSON.stringify(event);
    const answer: unknown = script.runInContext(world, { timeout: timeoutMs });
    return JSON.parse(answer as string) as EdgeRequest | EdgeAnswer;
  };
}
