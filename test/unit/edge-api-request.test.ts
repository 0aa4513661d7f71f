import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { limits } from '../../core/limits.ts';
import { submitFile } from '../../core/uploads/submit-file.ts';
import { toProblem } from '../../lambdas/shared/problem.ts';
import {
  type EdgeAnswer,
  type EdgeRequest,
  edgeFunction,
  type ViewerRequestEvent,
} from '../../local/edge/edge-function.ts';

const decide = edgeFunction(readFileSync('lib/edge/api-request.js', 'utf8'));

function anEvent(request: Partial<EdgeRequest>): ViewerRequestEvent {
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'd1.cloudfront.net',
      distributionId: 'E1',
      eventType: 'viewer-request',
      requestId: 'r-1',
    },
    viewer: { ip: '127.0.0.1' },
    request: { method: 'GET', uri: '/api/jobs', querystring: {}, headers: {}, cookies: {}, ...request },
  };
}

const aForm = (sizeBytes: number, uri = '/api/jobs') =>
  anEvent({ method: 'POST', uri, headers: { 'content-length': { value: String(sizeBytes) } } });
const statusOf = (decided: EdgeRequest | EdgeAnswer) => ('statusCode' in decided ? decided.statusCode : 'on');

describe('the path of a request', () => {
  it.each([
    ['/api/jobs/', '/api/jobs'],
    ['/api/jobs', '/api/jobs'],
    ['/api/upload/presigned-url/', '/api/upload/presigned-url'],
    ['/api/', '/api'],
    ['/', '/'],
    ['/api/jobs//', '/api/jobs/'],
    ['/api//evil.example/', '/api//evil.example'],
  ])('%s goes on as %s', (uri, expected) => {
    expect(decide(anEvent({ uri }))).toMatchObject({ uri: expected });
  });

  it('loses one slash at its end and nothing else, whatever it is, and leads nowhere else', () => {
    const uris = fc.webPath().map((path) => `/api/${path}`);

    fc.assert(
      fc.property(uris, fc.constantFrom('GET', 'POST', 'DELETE', 'PUT'), (uri, method) => {
        const decided = decide(anEvent({ uri, method }));

        expect(decided).toMatchObject({ method, uri: uri.endsWith('/') ? uri.slice(0, -1) : uri });
        expect(decided).not.toHaveProperty('statusCode');
      }),
    );
  });

  it('is all that changes: query, headers and cookies stay as they came', () => {
    const value = fc.record({ value: fc.string() });
    const named = fc.dictionary(fc.stringMatching(/^[a-z-]{1,12}$/), value, { noNullPrototype: true });

    fc.assert(
      fc.property(named, named, named, (querystring, headers, cookies) => {
        const event = anEvent({ uri: '/api/jobs/', querystring, headers, cookies });

        expect(decide(event)).toEqual({ ...event.request, uri: '/api/jobs' });
      }),
    );
  });
});

describe('a form with a file', () => {
  it.each([
    [limits.formFileBytes, 'on'],
    // Captions and a watermark may come along.
    [limits.formFileBytes + 450_000, 'on'],
    [limits.formFileBytes + 460_000, 413],
    [5 * 1024 ** 3, 413],
  ])('of %i bytes gets %s', (sizeBytes, status) => {
    expect(statusOf(decide(aForm(sizeBytes)))).toBe(status);
    expect(statusOf(decide(aForm(sizeBytes, '/api/jobs/')))).toBe(status);
  });

  it('is told what submit-file says of one that gets as far as there', async () => {
    const content = new Uint8Array(limits.formFileBytes + 1);
    const submission = { filename: 'a.mp4', content, settings: {} as never };
    const error = await submitFile({} as never, 'alice', submission, '2026-01-01').catch((thrown) => thrown);
    const { detail: told, ...problem } = toProblem(error, 'r-1');

    const { body, headers } = decide(aForm(1e9)) as EdgeAnswer;

    const { detail, ...answered } = JSON.parse((body as { data: string }).data);
    expect(headers?.['content-type']).toEqual({ value: 'application/problem+json' });
    expect(answered).toEqual(problem);
    // The edge knows the form's length only, not the file's.
    expect(told.toLowerCase()).toContain(detail.toLowerCase());
  });

  it('is a matter of that path and method alone', () => {
    fc.assert(
      fc.property(fc.constantFrom('GET', 'PUT', 'DELETE'), fc.nat(), (method, extra) => {
        const event = aForm(limits.formFileBytes * 2 + extra);
        event.request.method = method;
        const elsewhere = aForm(limits.formFileBytes * 2 + extra, '/api/jobs/7/retry');

        expect([statusOf(decide(event)), statusOf(decide(elsewhere))]).toEqual(['on', 'on']);
      }),
    );
  });
});
