import { BlockList, isIPv4 } from 'node:net';

type Subnet = [address: string, prefix: number];

/**
 * What IANA's registry of special-purpose IPv4 addresses says is not reachable from everywhere, and multicast.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const special4: Subnet[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // shared by the customers of a provider
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local: the metadata of cloud machines lies there
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** The only block that global IPv6 addresses are given out of. */
const global6: Subnet[] = [['2000::', 3]];

/** Parts of it that are not: among them those whose addresses have an IPv4 address in them, which may be any. */
const special6: Subnet[] = [
  ['2001::', 23], // Teredo, benchmarks, identifiers
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4
  ['3fff::', 20],
];

const forbidden4 = listOf(special4, 'ipv4');
const allowed6 = listOf(global6, 'ipv6');
const forbidden6 = listOf(special6, 'ipv6');

/** Whether an IP address, as text, is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !forbidden4.check(address, 'ipv4');
  return allowed6.check(address, 'ipv6') && !forbidden6.check(address, 'ipv6');
}

function listOf(subnets: Subnet[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, family);
  return list;
}
