import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { refusedLicences } from '../../trials/licences/check-licences.ts';
import { isAllowed } from '../../trials/licences/is-allowed.ts';
import { licencesPage } from '../../trials/licences/licences-page.ts';
import { shippedPackages } from '../../trials/licences/shipped-packages.ts';

describe('the licences of what ships', () => {
  it('are all allowed, and docs/licences.md tells them (npm run licences writes it)', () => {
    const packages = shippedPackages();

    expect(refusedLicences(packages)).toEqual([]);
    expect(readFileSync('docs/licences.md', 'utf8')).toBe(licencesPage(packages));
    expect(packages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['zod', 'preact', '@aws-sdk/client-s3']),
    );
  });

  it.each([
    ['MIT', true],
    ['(GPL-3.0 OR MIT)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0', false],
    ['GPL-3.0', false],
    ['SEE LICENSE IN LICENSE.md', false],
    [undefined, false],
  ])('that are %s: %s', (licence, expected) => {
    expect(isAllowed(licence)).toBe(expected);
  });

  it('that nobody allowed, or nobody told, are named with their package', () => {
    const packages = [
      { name: 'a', version: '1.0.0', licence: 'GPL-3.0', within: ['page'] },
      { name: 'b', version: '2.0.0', within: ['functions'] },
      { name: 'c', version: '3.0.0', licence: 'MIT', within: ['functions'] },
    ];

    expect(refusedLicences(packages)).toEqual(['a 1.0.0: GPL-3.0', 'b 2.0.0: no licence told']);
  });
});
