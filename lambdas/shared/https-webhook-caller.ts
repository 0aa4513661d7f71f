import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { Agent, request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from '../../core/announce/public-address.ts';
import { ForbiddenAddress, WebhookFailed } from '../../core/announce/webhook-failures.ts';
import {
  hostOf,
  isLoopbackUrl,
  type WebhookRules,
  webhookUrlFault,
} from '../../core/announce/webhook-url.ts';
import { limits } from '../../core/limits.ts';
import type { WebhookCaller } from '../../core/ports/announcing.ts';
import { explainNetworkError } from './explain-network-error.ts';
import { type Address, pinnedLookup } from './pinned-lookup.ts';

type Resolve = (host: string) => Promise<Address[]>;

const ask: Resolve = (host) => lookup(host, { all: true });

/**
 * Calls what strangers name, over the public internet alone: the very addresses that were looked at are connected to,
 * so that a name which means another one a moment later leads nowhere else.
 */
export function createHttpsWebhookCaller(rules: WebhookRules, resolve: Resolve = ask): WebhookCaller {
  return {
    async post(text, { headers, body }, { signal }) {
      const fault = webhookUrlFault(text, rules);
      if (fault) throw new ForbiddenAddress('its address is not on the public internet');

      const deadline = AbortSignal.any([signal, AbortSignal.timeout(limits.webhook.answerSeconds * 1000)]);
      const url = new URL(text);
      const toLoopback = rules.loopback && isLoopbackUrl(url);
      const addresses = toLoopback ? undefined : await publicAddresses(hostOf(url), resolve, deadline);
      return new Promise((answer, reject) => {
        const fail = (error: Error) => reject(new WebhookFailed(explainNetworkError(error)));
        const request = (toLoopback ? requestHttp : requestHttps)(url, {
          method: 'POST',
          headers: {
            ...headers,
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Clipwright-Webhooks/1',
          },
          signal: deadline,
          ...(addresses && { lookup: pinnedLookup(addresses), agent: new Agent({ keepAlive: false }) }),
        });
        request.on('error', fail).on('response', (response) => {
          // Read a little, so that the receiver ends in peace; what it says is of no matter.
          let left = limits.webhook.answerBytes;
          const end = () => answer(response.statusCode ?? 0);
          response.on('data', (chunk: Buffer) => {
            left -= chunk.length;
            if (left < 0) response.destroy();
          });
          response.on('close', end).on('error', end);
        });
        // Asked for by nobody; without this Node would cut the connection and say nothing.
        request.on('upgrade', (response, socket) => {
          socket.destroy();
          answer(response.statusCode ?? 0);
        });
        request.end(body);
      });
    },
  };
}

/** All that a name means must be public: of several, nobody knows which one is taken. @throws ForbiddenAddress */
async function publicAddresses(host: string, resolve: Resolve, deadline: AbortSignal): ReturnType<Resolve> {
  if (isIP(host)) return [{ address: host, family: isIP(host) }]; // looked at already, in the URL

  const addresses = await until(deadline, resolve(host)).catch((error: Error) => {
    throw new WebhookFailed(explainNetworkError(error));
  });
  if (addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address))) return addresses;
  throw new ForbiddenAddress('its name means an address that is not on the public internet');
}

/** For what can't be called off, as the look-up of a name: rejects with the deadline's reason, leaving it to itself. */
function until<Answer>(deadline: AbortSignal, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(deadline.reason);
    if (deadline.aborted) giveUp();
    deadline.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject);
  });
}
