/** Why a clip can't be cut the fast way; it is cut the exact way then. For the log: nothing is wrong with the source. */
export class Uncuttable extends Error {
  override readonly name = 'Uncuttable';
}
