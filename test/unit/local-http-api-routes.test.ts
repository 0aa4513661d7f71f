import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchRoute } from '../../local/http-api/match-route.ts';

describe('the route of a request', () => {
  const routes = [
    'GET /api/jobs',
    'GET /api/jobs/{id}',
    'GET /api/jobs/latest',
    'ANY /api/jobs/{id}',
    'GET /api/jobs/{id}/clips/{clip}',
    'GET /files/{path+}',
    '$default',
  ].map((key) => ({ key }));

  it.each([
    ['GET', '/api/jobs', 'GET /api/jobs', {}],
    ['GET', '/api/jobs/', '$default', {}],
    ['GET', '/api/jobs/7', 'GET /api/jobs/{id}', { id: '7' }],
    ['GET', '/api/jobs/a%20b', 'GET /api/jobs/{id}', { id: 'a b' }],
    ['GET', '/api/jobs/50%', 'GET /api/jobs/{id}', { id: '50%' }],
    ['GET', '/api/jobs/latest', 'GET /api/jobs/latest', {}],
    ['DELETE', '/api/jobs/7', 'ANY /api/jobs/{id}', { id: '7' }],
    ['GET', '/api/jobs/7/clips/2', 'GET /api/jobs/{id}/clips/{clip}', { id: '7', clip: '2' }],
    ['GET', '/files/a/b/c', 'GET /files/{path+}', { path: 'a/b/c' }],
    ['GET', '/files/', '$default', {}],
    ['PUT', '/nowhere', '$default', {}],
  ])('%s %s is %s', (method, path, key, pathParameters) => {
    expect(matchRoute(routes, method, path)).toEqual({ route: { key }, pathParameters });
  });

  it('is none where nothing fits and there is no $default', () => {
    expect(matchRoute([{ key: 'GET /a' }], 'GET', '/b')).toBeUndefined();
  });

  it('gives back any path segment as it was', () => {
    const segment = fc.string({ unit: 'grapheme', minLength: 1 });

    fc.assert(
      fc.property(segment, (id) => {
        const path = `/api/jobs/${encodeURIComponent(id)}`;
        fc.pre(id !== 'latest');
        expect(matchRoute(routes, 'GET', path)?.pathParameters).toEqual({ id });
      }),
    );
  });
});
