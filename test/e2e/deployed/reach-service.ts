import type { Caller } from '../main-job.ts';

/** The story can't be told there; the message says what to do. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Makes sure of URL and token before anything is uploaded. Throws Unreachable, which never repeats the token. */
export async function reachService({ url, token }: Caller): Promise<void> {
  const health = await ask(`${url}/api/health`);
  const said = await health.json().catch(() => undefined);
  if (health.status !== 200 || said?.status !== 'ok') {
    throw new Unreachable(
      `What answers at ${url} is not Clipwright: /api/health says ${health.status}. Give the output PageUrl.`,
    );
  }

  const jobs = await ask(`${url}/api/jobs?limit=1`, token);
  if (jobs.status === 200) return;
  if (jobs.status !== 401 && jobs.status !== 403) {
    throw new Unreachable(`${url}/api/jobs answers ${jobs.status}; the logs of read-jobs tell why.`);
  }
  if (!token) {
    throw new Unreachable(
      'The service asks for a token: --token or CLIPWRIGHT_TOKEN. The output NextStep3Token says how to get one.',
    );
  }
  throw new Unreachable(
    `The service takes no such token${whyNot(token)}. The output NextStep3Token gets another.`,
  );
}

async function ask(url: string, token?: string): Promise<Response> {
  try {
    return await fetch(url, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(20_000),
    });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Unreachable(`Nothing answers at ${url}: ${cause instanceof Error ? cause.message : message}.`);
  }
}

/** As far as the token itself tells: nobody verifies it here. */
function whyNot(token: string): string {
  try {
    const { exp, iss } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    if (exp * 1000 < Date.now()) return `: it expired at ${new Date(exp * 1000).toISOString()}`;
    return `: it is of ${new URL(iss).origin}, and holds still`;
  } catch {
    return ': it is no JWT';
  }
}
