// Runs within CloudFront (cloudfront-js-2.0: ECMAScript 5.1 and some more, no modules) on every request under /api/.

/** A Lambda takes 6 MiB: a form as base64, and 64 KiB for what else is in an event. */
var longestForm = (6 * 1024 * 1024 * 3) / 4 - 64 * 1024;

/** The only function that CloudFront calls. */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront finds it by its name
function handler(event) {
  var request = event.request;
  // HTTP API can hold no route that ends in a slash; the contract allows one on every path.
  if (request.uri.length > 1 && request.uri.endsWith('/')) request.uri = request.uri.slice(0, -1);

  var isForm = request.method === 'POST' && request.uri === '/api/jobs';
  if (isForm && contentLength(request) > longestForm) return tooLargeForForm(event.context.requestId);
  return request;
}

function contentLength(request) {
  var header = request.headers['content-length'];
  return header ? Number(header.value) : 0;
}

/** In the words of submit-file, for forms that would not get as far as there: Lambda takes no more than 6 MB. */
function tooLargeForForm(requestId) {
  return {
    statusCode: 413,
    statusDescription: 'Content Too Large',
    headers: {
      'content-type': { value: 'application/problem+json' },
      'cache-control': { value: 'no-store' },
    },
    body: {
      encoding: 'text',
      data: JSON.stringify({
        type: 'urn:clipwright:problem:file-too-large-for-form',
        title: 'The file is too large for a form',
        status: 413,
        detail:
          'A form takes up to 4 MiB. Ask for a presigned upload with the path in link, and send the file straight to storage.',
        code: 'file-too-large-for-form',
        errors: [{ field: 'media_file', message: 'At most 4194304 bytes.' }],
        link: '/api/upload/presigned-url',
        request_id: requestId,
      }),
    },
  };
}
