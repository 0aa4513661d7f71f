import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { synth } from '../../local/synth.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
let local: TestCloud;
beforeAll(async () => {
  local = await aCloud({ auth: true });
});
afterAll(() => local.stop());

const at = (path: string, options?: RequestInit) => fetch(new URL(path, local.cloud.pageUrl), options);
const asAlice = () => ({ authorization: `Bearer ${local.cloud.tokens?.alice}` });
const assetIn = (html: string) => /"(assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';

describe('the page', () => {
  it('is at the root, asked for anew every time', async () => {
    const first = await at('/');
    const again = await at('/', { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });

    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    expect(await first.text()).toContain('<title>Clipwright</title>');
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('finds its script beside it, named by its content and kept for ever', async () => {
    const path = assetIn(await (await at('/')).text());
    const whole = await at(path);
    const part = await at(path, { headers: { range: 'bytes=0-9' } });
    const head = await at(path, { method: 'HEAD' });

    const script = await whole.text();
    expect(whole.headers.get('content-type')).toBe('text/javascript');
    expect(whole.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect([part.status, await part.text()]).toEqual([206, script.slice(0, 10)]);
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      whole.headers.get('content-length'),
      '',
    ]);
  });

  it('is told whom to sign in with: an issuer that answers there', async () => {
    const { sign_in } = (await (await at('/config.json')).json()) as { sign_in: { issuer: string } };
    const metadata = await fetch(`${sign_in.issuer}/.well-known/openid-configuration`);

    expect(sign_in).toEqual({
      issuer: new URL('/local-issuer', local.cloud.pageUrl).href,
      client_id: expect.any(String),
    });
    expect(await metadata.json()).toMatchObject({ issuer: sign_in.issuer });
  });

  it('may reach itself and the local buckets, and nothing else', async () => {
    const policy = (await at('/')).headers.get('content-security-policy');

    expect(policy).toContain(`; connect-src 'self' ${local.cloud.s3Url};`);
    expect(policy).toContain(`; media-src ${local.cloud.s3Url};`);
    expect(policy).not.toContain('amazonaws');
  });

  it.each([
    ['/nothing', 404],
    ['/assets/', 404],
    ['/?list-type=2', 200],
    ['/../../etc/passwd', 404],
    ['/%2e%2e%2f%2e%2e%2fetc%2fpasswd', 404],
  ])('%s is answered with %i, and never with a list', async (path, status) => {
    const response = await at(path);

    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('ListBucketResult');
  });

  it('takes nothing', async () => {
    expect((await at('/index.html', { method: 'PUT', body: 'mine' })).status).toBe(403);
  });
});

describe('the API at the same origin', () => {
  it('knows the caller by the Authorization header', async () => {
    const nobody = await at('/api/jobs');
    const alice = await at('/api/jobs', { headers: asAlice() });

    expect(nobody.status).toBe(401);
    expect([alice.status, await alice.json()]).toEqual([200, { jobs: [], next_cursor: null }]);
  });

  it('takes a slash at the end without a redirect, and keeps the query', async () => {
    const options = { redirect: 'manual', headers: asAlice() } as const;

    const fine = await at('/api/jobs/?limit=3', options);
    const wrong = await at('/api/jobs/?limit=x', options);

    expect([fine.status, wrong.status]).toEqual([200, 422]);
  });

  it('answers a large form with what to do instead, before it gets anywhere', async () => {
    const form = new FormData();
    form.append('media_file', new Blob([new Uint8Array(5 * 2 ** 20)]), 'talk.mp4');

    const response = await at('/api/jobs/', { method: 'POST', body: form, headers: asAlice() });

    expect(response.status).toBe(413);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({
      code: 'file-too-large-for-form',
      link: '/api/upload/presigned-url',
    });
  });

  it('is called nothing else by an unknown path', async () => {
    const response = await at('/api/nothing');

    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'not-found']);
  });

  it.each(['x-content-type-options', 'x-frame-options', 'referrer-policy', 'strict-transport-security'])(
    'sends %s',
    async (header) => {
      expect((await at('/api/health')).headers.get(header)).not.toBeNull();
    },
  );
});

describe('a bucket that does not let the distribution in', () => {
  it('shows no page, as it would not there', async () => {
    const assemblyDir = join(newFolder(), 'assembly');
    cpSync(await synth(process.cwd(), () => undefined), assemblyDir, { recursive: true });
    const path = join(assemblyDir, 'Clipwright.template.json');
    // Let in is another distribution.
    const template = readFileSync(path, 'utf8').replace(':distribution/', ':distribution/another-');
    writeFileSync(path, template);
    const other = await aCloud({ assemblyDir });

    const page = await fetch(other.cloud.pageUrl ?? '');
    const health = await fetch(`${other.cloud.apiUrl}/api/health`);
    await other.stop();

    expect([page.status, health.status]).toEqual([403, 200]);
  });
});
