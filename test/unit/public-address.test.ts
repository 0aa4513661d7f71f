import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublicAddress } from '../../core/announce/public-address.ts';

const bytes = (...ranges: [number, number][]) =>
  fc.tuple(...ranges.map(([min, max]) => fc.integer({ min, max }))).map((parts) => parts.join('.'));
const any: [number, number] = [0, 255];
const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
const within = (first: fc.Arbitrary<string>) =>
  fc.tuple(first, fc.array(group, { minLength: 7, maxLength: 7 })).map((parts) => parts.flat().join(':'));
const between = (min: number, max: number) => within(fc.integer({ min, max }).map((n) => n.toString(16)));
const hexOf = (address: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
};

describe('an address is not public', () => {
  it.each<[string, fc.Arbitrary<string>]>([
    ['of this network', bytes([0, 0], any, any, any)],
    ['of a private network (10/8)', bytes([10, 10], any, any, any)],
    ['of a private network (172.16/12)', bytes([172, 172], [16, 31], any, any)],
    ['of a private network (192.168/16)', bytes([192, 192], [168, 168], any, any)],
    ['shared by a provider’s customers', bytes([100, 100], [64, 127], any, any)],
    ['of this machine', bytes([127, 127], any, any, any)],
    ['link-local, as the metadata of a cloud machine', bytes([169, 169], [254, 254], any, any)],
    ['for benchmarks', bytes([198, 198], [18, 19], any, any)],
    ['multicast or reserved', bytes([224, 255], any, any, any)],
    ['outside of 2000::/3, below', between(0, 0x1fff)],
    ['outside of 2000::/3, above: unique local, link-local, multicast', between(0x4000, 0xffff)],
    ['6to4', between(0x2002, 0x2002)],
    [
      'of IETF protocols, Teredo among them',
      within(fc.constant('2001:0')).map((text) => text.split(':').slice(0, 8).join(':')),
    ],
  ])('%s', (_, address) => {
    fc.assert(
      fc.property(address, (text) => {
        expect(isPublicAddress(text)).toBe(false);
      }),
    );
  });

  it('where it is IPv4 in the dress of IPv6, whatever that is', () => {
    fc.assert(
      fc.property(bytes(any, any, any, any), (address) => {
        const dressed = [
          `::ffff:${address}`,
          `64:ff9b::${address}`,
          `::${address}`,
          `2002:${hexOf(address)}::1`,
        ];

        expect(dressed.map(isPublicAddress)).toEqual([false, false, false, false]);
      }),
    );
  });

  it.each(['::', '::1', 'fd00:ec2::254', '2001:db8::1', '3fff::1', '255.255.255.255', '203.0.113.9'])(
    'as %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(false);
    },
  );
});

describe('an address is public', () => {
  it.each(['1.1.1.1', '8.8.8.8', '100.63.0.1', '100.128.0.1', '172.15.0.1', '172.32.0.1', '169.253.1.1'])(
    'as %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each(['2606:4700:4700::1111', '2a00:1450:4001:81b::200e', '2001:4860:4860::8888'])(
    'as %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});
