import { afterEach, beforeEach } from '@jest/globals';
import type { ApiDefinition, CorsConfiguration, Throttle } from '../../local/http-api/api-definition.ts';
import { ownerOfThisMachine } from '../../local/http-api/authenticate.ts';
import { createHttpApi } from '../../local/http-api/http-api.ts';
import type { LocalIssuer } from '../../local/issuer/local-issuer.ts';
import { type Front, listen } from '../../local/listen.ts';

export const authorizer = { issuer: 'https://issuer.example/pool', audience: ['client'], scopes: [] };

type Invoke = (functionArn: string, event: unknown, routeArn: string) => Promise<unknown>;

interface Wishes {
  cors?: CorsConfiguration;
  /** Without one it is a machine with one owner. */
  issuer?: LocalIssuer;
  scopes?: string[];
  throttle?: Throttle;
}

/** A front for each test of a file, to `serve` an API at: GET /open is public, POST /api/jobs/{id} is not. */
export function httpApiPerTest() {
  let front: Front;
  beforeEach(async () => {
    front = await listen(0);
  });
  afterEach(() => front.stop());

  return {
    url: () => front.url,

    serve(invoke: Invoke, { cors, issuer, scopes = [], throttle }: Wishes = {}): void {
      const definition: ApiDefinition = {
        id: 'api',
        cors,
        routes: [
          { key: 'GET /open', functionArn: 'open', timeoutMs: 50 },
          {
            key: 'POST /api/jobs/{id}',
            functionArn: 'jobs',
            timeoutMs: 5000,
            throttle,
            authorizer: { ...authorizer, scopes },
          },
        ],
      };
      const authenticate = issuer?.authenticate ?? ownerOfThisMachine;
      front.serve(createHttpApi({ definition, authenticate, ownerOnly: !issuer, invoke, log: () => {} }));
    },

    post: (headers: Record<string, string> = {}, body: string | Buffer = '{}') =>
      fetch(`${front.url}/api/jobs/7`, { method: 'POST', headers, body: body as string }),
  };
}
