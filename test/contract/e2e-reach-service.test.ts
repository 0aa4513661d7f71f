import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseArguments } from '../e2e/deployed/arguments.ts';
import { reachService } from '../e2e/deployed/reach-service.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Answers by path with a status and JSON. */
async function aService(answers: Record<string, [number, unknown]>): Promise<string> {
  const server = createServer((request, response) => {
    const [status, body] = answers[new URL(request.url ?? '', 'http://localhost').pathname] ?? [404, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  stops.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const well: [number, unknown] = [200, { status: 'ok' }];
const tokenOf = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

describe('before the story is told', () => {
  it('all is well where the service is up and takes the token', async () => {
    const url = await aService({ '/api/health': well, '/api/jobs': [200, { jobs: [] }] });

    await expect(reachService({ url, token: 'token' })).resolves.toBeUndefined();
  });

  it('another address is told apart from a service that is down', async () => {
    const page = await aService({ '/api/health': [200, { hello: 'world' }] });

    await expect(reachService({ url: page })).rejects.toThrow(
      /is not Clipwright: .* Give the output PageUrl/,
    );
    await expect(reachService({ url: 'http://127.0.0.1:9' })).rejects.toThrow(/Nothing answers at/);
  });

  it.each([
    ['no token', undefined, /asks for a token: --token or CLIPWRIGHT_TOKEN/],
    ['an old one', tokenOf({ exp: 1_700_000_000 }), /it expired at 2023-11-14T22:13:20/],
    [
      'that of another',
      tokenOf({ exp: 4e9, iss: 'https://id.example.com/a' }),
      /is of https:\/\/id\.example\.com,/,
    ],
    ['something else', 'nonsense', /it is no JWT/],
  ])('it is said what is wrong with %s, without repeating it', async (_what, token, said) => {
    const url = await aService({ '/api/health': well, '/api/jobs': [401, {}] });

    const refused = await reachService({ url, token }).catch((error: Error) => error.message);

    expect(refused).toMatch(said);
    if (token) expect(refused).not.toContain(token);
  });
});

describe('its command line', () => {
  it('takes URL and token, or their variables', () => {
    const env = { CLIPWRIGHT_URL: 'https://a.example/', CLIPWRIGHT_TOKEN: 'a\n' };

    expect(parseArguments(['--url', 'https://b.example/api/', '--token', 'b'], env)).toEqual({
      url: 'https://b.example',
      token: 'b',
    });
    expect(parseArguments([], env)).toEqual({ url: 'https://a.example', token: 'a' });
  });

  it.each([
    [[]],
    [['--url', 'example.com']],
    [['--url', 'https://a.example', '--token', 'a b']],
    [['--frob']],
  ])('refuses %j', (args) => {
    expect(() => parseArguments(args, {})).toThrow(expect.objectContaining({ name: 'BadUsage' }));
  });
});
