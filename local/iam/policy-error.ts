/** A policy that this evaluator can't judge faithfully. Thrown when it is loaded: what is not understood is never allowed. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}
