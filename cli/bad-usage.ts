/** The command was typed wrongly; the message says how. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage';
}
