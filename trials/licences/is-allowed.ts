/** Licences that ask for no more than to be named: what ships may have these. */
const allowed = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
];

/** Whether an SPDX expression leaves a choice that is allowed; one that is missing or too intricate is not. */
export function isAllowed(licence: string | undefined): boolean {
  const choices = (licence ?? '').replace(/^\((.*)\)$/, '$1').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((one) => allowed.includes(one)));
}
