import { writeFileSync } from 'node:fs';
import { runTrial } from '../run-trial.ts';
import { refusedLicences } from './check-licences.ts';
import { licencesPage } from './licences-page.ts';
import { shippedPackages } from './shipped-packages.ts';

const about =
  'Lists what ships, with its licences, into docs/licences.md, and refuses those that are not allowed.';

await runTrial({ name: 'licences', about, runs: 1 }, async ({ print }) => {
  const packages = shippedPackages();
  writeFileSync('docs/licences.md', licencesPage(packages));
  const refused = refusedLicences(packages);
  for (const line of refused) print(line);
  return { runs: 1, violations: refused.length, packages: packages.length };
});
