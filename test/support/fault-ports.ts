/** How a call of a port goes wrong: who called it is told of an error, is told late, or dies. */
export const faults = [
  'throttled',
  'down',
  'timed out',
  'lost',
  'repeated',
  'late',
  'slow',
  'crash before',
  'crash after',
] as const;
export type Fault = (typeof faults)[number];

/** A call that waits for its turn. `perform` makes it; it may be made twice, or never. */
export interface PortCall {
  /** `jobs.change` */
  name: string;
  perform(): Promise<unknown>;
}

/** Decides when a call is made, and what its caller hears of it. */
export type Gate = (call: PortCall) => Promise<unknown>;

/** The ports, with every call of theirs going through the gate: also each read of an opened object, and each listing. */
export function gatedPorts<Ports extends object>(ports: Ports, gate: Gate): Ports {
  const entries = Object.entries(ports).map(([name, port]) => [name, gatedPort(name, port, gate)]);
  return Object.fromEntries(entries) as Ports;
}

function gatedPort(portName: string, port: object, gate: Gate): object {
  return new Proxy(port, {
    get(target, member) {
      const method = Reflect.get(target, member);
      if (typeof method !== 'function') return method;

      const name = `${portName}.${String(member)}`;
      const call = (...args: unknown[]) => method.apply(target, args);
      if (name === 'jobs.listOpen' || name === 'jobs.listBuried') return () => listing(name, call, gate);
      if (member === 'open') {
        return (...args: unknown[]) => gatedPort(portName, call(...args), gate);
      }
      return (...args: unknown[]) => gate({ name, perform: () => call(...args) });
    },
  });
}

/** As an index is: what it held when it was asked, however long the reader takes. */
async function* listing(name: string, call: () => AsyncIterable<unknown>, gate: Gate) {
  yield* (await gate({ name, perform: () => Array.fromAsync(call()) })) as unknown[];
}

/** What the SDK throws of it, after its own retries. */
export function errorOf(fault: 'throttled' | 'down' | 'timed out' | 'lost' | 'late'): Error {
  const names = {
    throttled: 'ThrottlingException',
    down: 'InternalServerError',
    'timed out': 'TimeoutError',
    lost: 'TimeoutError',
    late: 'TimeoutError',
  };
  return named(names[fault], `Injected: ${fault}.`);
}

export function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
