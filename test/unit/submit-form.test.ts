import { expect, it } from '@jest/globals';
import type { HttpCall } from '../../lambdas/shared/http-function.ts';
import { readForm } from '../../lambdas/submit-file/contract.ts';

/** A request with this form, as API Gateway hands it on. */
async function aCall(fields: [string, string | File][]): Promise<HttpCall> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value as string);
  const sent = new Response(form);
  const body = Buffer.from(await sent.arrayBuffer()).toString('base64');
  const headers = { 'content-type': sent.headers.get('content-type') };
  return { event: { headers, body, isBase64Encoded: true } } as unknown as HttpCall;
}

const recording = (name: string) => new File(['sound'], name);

it('reads the fields of a form', async () => {
  const form = await readForm(
    await aCall([
      ['num_segments', '3'],
      ['media_file', recording('a.mp3')],
    ]),
  );

  expect(form).toMatchObject({ num_segments: '3', media_file: { name: 'a.mp3' } });
});

it.each([
  [
    'media_file',
    [
      ['media_file', recording('a.mp3')],
      ['media_file', recording('b.mp3')],
    ],
  ],
  [
    'num_segments',
    [
      ['num_segments', 'x'],
      ['num_segments', '3'],
      ['media_file', recording('a.mp3')],
    ],
  ],
] as [string, [string, string | File][]][])(
  'drops nothing silently where %s comes twice',
  async (field, fields) => {
    const refused = readForm(await aCall(fields));

    await expect(refused).rejects.toMatchObject({ code: 'validation-failed', errors: [{ field }] });
  },
);
