/** Turns pieces of text, as they come from a pipe, into whole lines. A last line without its end is dropped. */
export function readLines(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}
