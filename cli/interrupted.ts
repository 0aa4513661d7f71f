/** Ctrl-C, or whoever ends the process; the message says what becomes of the work that was begun. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
