/**
 * A Content-Disposition header, by the letter of RFC 6266: a type, then parameters, each once; `filename*` over
 * `filename`. Throws for what the grammar does not allow.
 */
export function parseDisposition(header: string): { type: string; filename?: string } {
  const [type = ''] = /^[\w!#$&+.^`|~-]+/.exec(header) ?? [];
  const parameters = new Map<string, string>();
  let rest = header.slice(type.length);
  while (rest !== '') {
    const [whole, name = '', token, quoted] = parameter.exec(rest) ?? [];
    if (whole === undefined) throw new Error(`no parameter at: ${rest}`);
    if (parameters.has(name)) throw new Error(`${name} comes twice`);
    parameters.set(name, quoted?.replace(/\\(.)/g, '$1') ?? token ?? '');
    rest = rest.slice(whole.length);
  }

  const extended = parameters.get('filename*');
  return { type, filename: extended === undefined ? parameters.get('filename') : decode(extended) };
}

const parameter = /^; *([\w!#$&+.^`|~-]+\*?)=(?:([\w!#$%&'*+.^`|~-]+)|"((?:[^"\\]|\\.)*)")/;

/** RFC 8187: `UTF-8''…`, in which only attr-char stand for themselves. */
function decode(value: string): string {
  const [, encoded] = /^UTF-8'[a-z-]*'((?:%[0-9A-F]{2}|[\w!#$&+.^`|~-])*)$/.exec(value) ?? [];
  if (encoded === undefined) throw new Error(`no ext-value: ${value}`);
  return decodeURIComponent(encoded);
}
