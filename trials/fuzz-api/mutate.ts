import fc from 'fast-check';

const oddities: unknown[] = [
  null,
  '',
  0,
  -1,
  -0,
  1.5,
  2 ** 53,
  1e308,
  true,
  [],
  {},
  [[]],
  '1',
  '0x1',
  '1e3',
  ' 1 ',
  'NaN',
  'null',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '../..',
  'x'.repeat(2000),
  { toString: 'x' },
  { $gt: '' },
  Array(60).fill(0),
];

/** Of what fits, something that nearly does: one member less, one more, one of another kind. */
export function mutated(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const oddity = fc.oneof(fc.constantFrom(...oddities), fc.jsonValue({ maxDepth: 1 }));
  return fc
    .tuple(value, fc.nat(), fc.constantFrom('drop', 'add', 'change', 'deep'), oddity)
    .map(([whole, where, how, odd]) => mutate(whole, where, how, odd));
}

function mutate(whole: unknown, where: number, how: string, odd: unknown): unknown {
  if (typeof whole !== 'object' || whole === null) return odd;
  const entries: [string, unknown][] = Object.entries(whole);
  const at = where % Math.max(1, entries.length);
  const changed = entries.flatMap(([name, member], index): [string, unknown][] => {
    if (index !== at) return [[name, member]];
    if (how === 'drop') return [];
    if (how === 'deep') return [[name, mutate(member, where >> 3, 'change', odd)]];
    return [[name, how === 'change' ? odd : member]];
  });
  if (Array.isArray(whole)) return changed.map(([, member]) => member);
  return Object.fromEntries(how === 'add' ? [...changed, [`odd_${where % 7}`, odd]] : changed);
}
