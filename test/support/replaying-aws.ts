import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';

export interface AwsCall {
  /** `StartTranscriptionJob`, as a JSON service is told in a header; else the path. */
  operation: string;
  body: any;
}

export interface AwsAnswer {
  status?: number;
  /** The name of an error. */
  error?: string;
  body?: unknown;
}

/**
 * Stands in for Amazon Transcribe (HTTP/1.1) or Amazon Bedrock (HTTP/2): answers what `answer` says, as JSON, and keeps
 * what was asked. An answer that never comes leaves the caller waiting.
 */
export async function replayAws(
  protocol: 'http' | 'http2',
  answer: (call: AwsCall) => AwsAnswer | Promise<AwsAnswer>,
) {
  const calls: AwsCall[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const target = String(request.headers['x-amz-target'] ?? request.url);
    const call = { operation: target.split('.').at(-1) ?? target, body: JSON.parse(text || '{}') };
    calls.push(call);
    const { error, status = error ? 400 : 200, body = {} } = await answer(call);
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(error && { 'x-amzn-errortype': error }),
    });
    response.end(
      JSON.stringify(error ? { __type: error, message: 'As recorded', ...(body as object) } : body),
    );
  };
  const server = protocol === 'http' ? createServer(handle) : createHttp2Server(handle as never);
  const sessions = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sessions.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async stop() {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
