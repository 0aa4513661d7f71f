/**
 * What runs in the child: loads the handler and speaks the Lambda Runtime API, as the runtime of nodejs24.x does.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * It imports no file of ours, so that nothing of the local cloud is loaded into a function.
 */
import { Agent, request } from 'node:http';
import { createRequire, flushCompileCache } from 'node:module';
import { join } from 'node:path';

type Handler = (event: unknown, context: object) => unknown;
type RuntimeAnswer = { headers: NodeJS.Dict<string | string[]>; body: string };

const variables = process.env as Record<string, string>;
const agent = new Agent({ keepAlive: true });
let currentRequestId: string | undefined;

function call(method: 'GET' | 'POST', path: string, body?: string): Promise<RuntimeAnswer> {
  const url = `http://${variables.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/${path}`;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () =>
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on('error', reject).end(body);
  });
}

function describeError(thrown: unknown) {
  const error = thrown instanceof Error ? thrown : undefined;
  return JSON.stringify({
    errorType: error?.name ?? typeof thrown,
    errorMessage: error?.message ?? String(thrown),
    trace: (error?.stack ?? '').split('\n').filter(Boolean),
  });
}

function namedError(name: string, message: string) {
  return Object.assign(new Error(message), { name });
}

function loadHandler(): Handler {
  const [file, exportName] = variables._HANDLER!.split('.') as [string, string];
  let loaded: Record<string, unknown>;
  try {
    loaded = createRequire(import.meta.url)(join(variables.LAMBDA_TASK_ROOT!, `${file}.js`));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND') throw namedError('Runtime.ImportModuleError', `Error: ${message}`);
    if (error instanceof SyntaxError)
      throw namedError('Runtime.UserCodeSyntaxError', `SyntaxError: ${message}`);
    throw error;
  }
  const handler = loaded[exportName] as Handler | undefined;
  if (typeof handler !== 'function')
    throw namedError('Runtime.HandlerNotFound', `${variables._HANDLER} is undefined or not exported`);
  if (handler.length > 2)
    throw namedError('Runtime.CallbackHandlerDeprecated', 'Node.js 24 takes no handler with a callback.');
  return handler;
}

function contextOf(headers: RuntimeAnswer['headers']) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: variables.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: variables.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: variables.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: variables.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function serialize(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (error) {
    throw namedError(
      'Runtime.MarshalError',
      `Unable to stringify response body as json: ${(error as Error).message}`,
    );
  }
}

/** Nobody awaited what failed, so that the state of this child is unknown: it ends, and the next one starts afresh. */
function endWith(exitCode: number) {
  return (thrown: unknown) => {
    const error = exitCode === 128 ? namedError('Runtime.UnhandledPromiseRejection', String(thrown)) : thrown;
    console.error(error);
    const path = currentRequestId ? `invocation/${currentRequestId}/error` : 'init/error';
    void call('POST', path, describeError(error)).finally(() => process.exit(exitCode));
  };
}

async function serve(handler: Handler): Promise<never> {
  for (let served = 0; ; served += 1) {
    // It ends by being killed, which would lose what V8 compiled for it: and that is what it ran, so not before it did.
    if (served === 1) flushCompileCache();
    const { headers, body } = await call('GET', 'invocation/next');
    currentRequestId = String(headers['lambda-runtime-aws-request-id']);
    const invocation = `invocation/${currentRequestId}`;
    try {
      const result = serialize(await handler(JSON.parse(body), contextOf(headers)));
      await call('POST', `${invocation}/response`, result);
    } catch (error) {
      console.error('Invoke Error', error);
      await call('POST', `${invocation}/error`, describeError(error));
    }
    currentRequestId = undefined;
  }
}

// Nobody reads what it prints: the cloud is gone. To complain would fail in the same way, again and again.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(1));
process.on('uncaughtException', endWith(129));
process.on('unhandledRejection', endWith(128));
try {
  await serve(loadHandler());
} catch (error) {
  console.error(error);
  await call('POST', 'init/error', describeError(error));
  process.exit(1);
}
