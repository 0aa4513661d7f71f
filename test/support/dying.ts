/** What a function throws when it dies. */
export class Died extends Error {}

/** At one call of a port of theirs, the function dies before or after the call was made. */
export function dyingAt<Deps extends object>(deps: Deps, at: number, after: boolean): Deps {
  const die = async () => Promise.reject(new Died());
  return interruptedAt(deps, at, after ? { after: die } : { before: die });
}

/** These are no ports: nothing crosses a network. */
const near = new Set(['media', 'ids']);

/** All calls of all ports count (1, 2, …); something else happens right before or after one of them. */
export function interruptedAt<Deps extends object>(
  deps: Deps,
  at: number,
  { before, after }: { before?: () => Promise<unknown>; after?: () => Promise<unknown> },
): Deps {
  let calls = 0;
  const interrupted = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const member = Reflect.get(target, name);
        // These answer at once; the calls come later.
        if (typeof member !== 'function' || /^(open|list.*)$/.test(String(name))) return member;
        return async (...args: unknown[]) => {
          calls += 1;
          const now = calls === at;
          if (now) await before?.();
          const result = await member.apply(target, args);
          if (now) await after?.();
          return result;
        };
      },
    });
  const entries = Object.entries(deps).map(([name, port]) => [
    name,
    near.has(name) ? port : interrupted(port),
  ]);
  return Object.fromEntries(entries) as Deps;
}
