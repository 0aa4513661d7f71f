import { Agent, request } from 'node:http';
import { percentile } from './figure.ts';

export interface Call {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
}

export interface Load {
  p50Ms: number;
  p99Ms: number;
  requestsPerSecond: number;
}

/**
 * Sends `count` calls over so many connections, each the next once its last was answered. (autocannon would do it by
 * time, not by count; jobs may only be presigned so often.)
 */
export async function closedLoop(
  origin: string,
  call: Call,
  { connections, count, signal }: { connections: number; count: number; signal: AbortSignal },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latenciesMs: number[] = [];
  let begun = 0;
  const startedAt = performance.now();
  const connection = async () => {
    while (begun < count) {
      begun += 1;
      const sentAt = performance.now();
      const status = await statusOf(new URL(call.path, origin), call, { agent, signal });
      if (status !== 200) throw new Error(`${call.method} ${call.path} was answered with ${status}`);
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, connection));
  } finally {
    agent.destroy();
  }
  return {
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    requestsPerSecond: count / ((performance.now() - startedAt) / 1000),
  };
}

function statusOf(
  url: URL,
  { method, body }: Call,
  { agent, signal }: { agent: Agent; signal: AbortSignal },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request(url, { method, headers, agent, signal }, (answer) => {
      answer
        .resume()
        .once('end', () => resolve(answer.statusCode ?? 0))
        .once('error', reject);
    });
    sent.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}
