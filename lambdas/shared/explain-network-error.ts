/** Why there was no answer, in words for who named the address: never an exception's text. */
export function explainNetworkError(error: Error & { code?: string }): string {
  const { name, code = '' } = error;
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT') return 'no answer in time';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name could not be found';
  if (code === 'ECONNREFUSED') return 'nobody takes connections there';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'the connection was cut';
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return 'its certificate is not to be trusted';
  return 'there was no way to connect';
}
