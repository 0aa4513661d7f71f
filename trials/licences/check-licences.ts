import { isAllowed } from './is-allowed.ts';
import type { Shipped } from './shipped-packages.ts';

/** A line for each package whose licence is unknown or none of those that are allowed. */
export function refusedLicences(packages: Shipped[]): string[] {
  return packages
    .filter(({ licence }) => !isAllowed(licence))
    .map(({ name, version, licence = 'no licence told' }) => `${name} ${version}: ${licence}`);
}
