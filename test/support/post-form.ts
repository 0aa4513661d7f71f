import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { bucketName as Bucket, type LocalS3 } from './local-s3.ts';

export type Fields = Record<string, string>;

export interface FormUpload {
  signer?: LocalS3['owner'];
  options?: Partial<PresignedPostOptions>;
  /** Changes the form that was signed. */
  change?: (fields: Fields) => Fields;
  content?: string;
  filename?: string;
}

/** A form as the application signs it (key, type and exact length pinned), sent by a browser's means; and the answer. */
export async function postForm(
  s3: LocalS3,
  {
    signer = s3.owner,
    options,
    change = (fields) => fields,
    content = 'content',
    filename = 'file.mp4',
  }: FormUpload,
) {
  const { url, fields } = await createPresignedPost(signer, {
    Bucket,
    Key: 'posted',
    Fields: { 'Content-Type': 'video/mp4' },
    Conditions: [['content-length-range', 7, 7]],
    ...options,
  });
  const form = new FormData();
  for (const [name, value] of Object.entries(change(fields))) form.set(name, value);
  form.set('file', new Blob([content]), filename);
  const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  const text = await response.text();
  return {
    response,
    text,
    code: /<Code>(.*?)<\/Code>/.exec(text)?.[1],
    message: /<Message>(.*?)<\/Message>/.exec(text)?.[1],
  };
}

const boundary = 'boundary';

/** The Content-Type of what `rawForm` makes. */
export const rawFormType = `multipart/form-data; boundary=${boundary}`;

/** The bytes of a form, the file last. */
export function rawForm(fields: Fields, file: Buffer): Buffer {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `${parts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
