import { extname } from 'node:path';

/** As the AWS CLI guesses them, for what a page is made of. */
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.map': 'application/json',
  '.txt': 'text/plain',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/vnd.microsoft.icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** Undefined: S3's own default stands. */
export const contentTypeOf = (path: string): string | undefined => types[extname(path).toLowerCase()];
