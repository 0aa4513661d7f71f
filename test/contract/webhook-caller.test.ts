import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttpsWebhookCaller } from '../../lambdas/shared/https-webhook-caller.ts';
import { pinnedLookup } from '../../lambdas/shared/pinned-lookup.ts';
import { aWebhookReceiver } from '../support/webhook-receiver.ts';

const call = { headers: { 'content-type': 'application/json', 'webhook-id': '1' }, body: '{"é":1}' };
const room = { signal: new AbortController().signal };
const onThisMachine = createHttpsWebhookCaller({ loopback: true });
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function aReceiver(...statuses: number[]) {
  const receiver = await aWebhookReceiver(...statuses);
  stops.push(receiver.stop);
  return receiver;
}

/** A server that answers as told. */
async function aServer(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('the caller of webhooks', () => {
  it('posts the body as it is, with its headers, and answers the status', async () => {
    const { url, calls } = await aReceiver(202);

    expect(await onThisMachine.post(url, call, room)).toBe(202);
    expect(calls).toMatchObject([{ method: 'POST', path: '/clips', headers: call.headers, body: call.body }]);
  });

  it.each([301, 302, 307, 308])('follows nothing: %s', async (status) => {
    const { url, calls } = await aReceiver(status, 204);

    expect(await onThisMachine.post(url, call, room)).toBe(status);
    expect(calls).toHaveLength(1);
  });

  it('hears out nobody who talks without end', async () => {
    let sent = 0;
    const url = await aServer((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
      };
      response.on('drain', more).writeHead(200);
      more();
    });

    expect(await onThisMachine.post(url, call, room)).toBe(200);
    expect(sent).toBeLessThan(64 * 1024 ** 2);
  });

  it('waits for nobody after its time', async () => {
    const url = await aServer(() => undefined);

    const posted = onThisMachine.post(url, call, { signal: AbortSignal.timeout(50) });

    await expect(posted).rejects.toMatchObject({ name: 'WebhookFailed', message: 'no answer in time' });
  });

  it('waits no longer for a name than for an answer', async () => {
    const caller = createHttpsWebhookCaller({ loopback: false }, () => new Promise(() => undefined));

    const posted = caller.post('https://example.com/clips', call, { signal: AbortSignal.timeout(50) });

    await expect(posted).rejects.toMatchObject({ name: 'WebhookFailed', message: 'no answer in time' });
  });

  it('changes to no other protocol', async () => {
    const url = await aServer((_, response) => {
      response.writeHead(101, { connection: 'upgrade', upgrade: 'websocket' }).end();
    });

    expect(await onThisMachine.post(url, call, room)).toBe(101);
  });

  it('tells that nobody is there', async () => {
    const { url, stop } = await aReceiver();
    await stop();

    await expect(onThisMachine.post(url, call, room)).rejects.toMatchObject({
      name: 'WebhookFailed',
      message: 'nobody takes connections there',
    });
  });

  it.each([
    ['this machine', [{ address: '127.0.0.1', family: 4 }]],
    ['the metadata of a cloud machine', [{ address: '169.254.169.254', family: 4 }]],
    [
      'a private address among public ones',
      [
        { address: '1.1.1.1', family: 4 },
        { address: '::1', family: 6 },
      ],
    ],
    ['nothing', []],
  ])('connects to no name that means %s', async (_, addresses) => {
    const asked: string[] = [];
    const caller = createHttpsWebhookCaller({ loopback: true }, async (host) => {
      asked.push(host);
      return addresses;
    });

    const posted = caller.post('https://example.com/clips', call, room);

    await expect(posted).rejects.toMatchObject({ name: 'ForbiddenAddress' });
    expect(asked).toEqual(['example.com']);
  });

  it.each(['http://127.0.0.1:9/', 'https://127.0.0.1/', 'https://0x7f.1/', 'https://[::ffff:127.0.0.1]/'])(
    'asks no name server about %s, and calls nobody',
    async (url) => {
      const deployed = createHttpsWebhookCaller({ loopback: false }, () =>
        Promise.reject(new Error('asked')),
      );

      await expect(deployed.post(url, call, room)).rejects.toMatchObject({ name: 'ForbiddenAddress' });
    },
  );

  it('connects to the very addresses that were looked at, whatever the name means by then', async () => {
    const { url, calls } = await aReceiver(204);
    const { port } = new URL(url);
    const lookup = pinnedLookup([{ address: '127.0.0.1', family: 4 }]);

    const status = await new Promise((resolve, reject) => {
      get({ host: 'rebound.invalid', port, lookup }, ({ statusCode }) => resolve(statusCode)).on(
        'error',
        reject,
      );
    });

    expect(status).toBe(204);
    expect(calls[0]?.headers.host).toBe(`rebound.invalid:${port}`);
  });
});
