const tailCharacters = 4000;

/** The range server answers in windows, and ffmpeg says so at the end of each. */
const expected = /^.*(?:Stream ends prematurely|Will reconnect at).*\n/gm;

/** Keeps the end of what a command says of itself, without what is said on every good day. */
export function createTail() {
  let kept = '';
  return {
    add(text: string): void {
      kept = (kept + text).replace(expected, '').slice(-tailCharacters);
    },
    text: () => kept.trim(),
  };
}
