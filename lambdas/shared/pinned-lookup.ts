import type { LookupFunction } from 'node:net';

export interface Address {
  address: string;
  family: number;
}

/** A name server that knows these addresses for every name, and nothing else: who was looked at is who is called. */
export function pinnedLookup(addresses: Address[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, addresses);
    else callback(null, first!.address, first!.family);
  };
}
