import { errorOf, type Fault, type Gate, named, type PortCall } from '../../test/support/fault-ports.ts';

/** A function at work, or whoever else makes calls. */
export interface Invocation {
  /** `render-clip 7` */
  name: string;
  /** The run that it works for; none where it looks for itself. */
  attempt?: number;
  beganAtTurn: number;
  deadlineMs: number;
  /** Something was made to go wrong for it: it may fail in ways that it must not else. */
  troubled: boolean;
  state: 'working' | 'ended' | 'dead';
}

export interface Invoked<T> {
  invocation: Invocation;
  outcome: Promise<T>;
}

interface Waiting {
  by: Invocation;
  what: string;
  readyMs: number;
  go(fault: Fault | undefined): void;
}

const turnMs = 100;
/** How long a slow call takes: many others are made meanwhile. */
const slowMs = 100 * turnMs;
/** No call arrives later than this after its caller gave it up. */
const lateMs = 15 * 60_000;

export type Turns = ReturnType<typeof createTurns>;

/**
 * Functions that work at the same time, one call of a port after the other: everybody waits at each call, and who is
 * next is told from outside. The clock goes on with the turns.
 */
export function createTurns(startMs: number) {
  let nowMs = startMs;
  let turnsTaken = 0;
  let invoked = 0;
  let current: Invocation | undefined;
  let waiting: Waiting[] = [];
  const dying = new Map<Invocation, (error: Error) => void>();
  const trace: string[] = [];
  const counts = { calls: 0, faults: 0, crashes: 0 };

  function kill(invocation: Invocation, error: Error): void {
    invocation.state = 'dead';
    invocation.troubled = true;
    waiting = waiting.filter(({ by }) => by !== invocation);
    dying.get(invocation)?.(error);
    dying.delete(invocation);
  }

  /** Makes the call, as well as the fault lets it. */
  async function make(
    { name, perform }: PortCall,
    by: Invocation,
    fault: Fault | undefined,
  ): Promise<unknown> {
    switch (fault) {
      case undefined:
        return perform();
      case 'throttled':
      case 'down':
      case 'timed out':
        throw errorOf(fault);
      case 'lost':
        await perform();
        throw errorOf(fault);
      case 'repeated':
        // The SDK sent it again, having lost the first answer.
        await perform();
        return perform();
      case 'late': {
        const network = newInvocation(`network, for ${by.name}`, lateMs / 1000);
        waiting.push({
          by: network,
          what: name,
          readyMs: nowMs,
          go: () => void perform().catch(() => undefined),
        });
        throw errorOf(fault);
      }
      case 'slow':
        return new Promise((resolve, reject) => {
          const go = () => void perform().then(resolve, reject);
          waiting.push({ by, what: name, readyMs: nowMs + slowMs, go });
        });
      case 'crash before':
      case 'crash after':
        if (fault === 'crash after') await perform();
        counts.crashes += 1;
        kill(by, named('Runtime.ExitError', 'Injected: the function died.'));
        return new Promise(() => undefined);
      default:
        return fault satisfies never;
    }
  }

  const gateOf =
    (by: Invocation): Gate =>
    (call) =>
      new Promise((resolve, reject) => {
        if (by.state === 'dead') return;
        const go = (fault: Fault | undefined) => {
          if (fault) {
            counts.faults += 1;
            by.troubled = true;
          }
          make(call, by, fault).then(resolve, reject);
        };
        waiting.push({ by, what: call.name, readyMs: nowMs, go });
      });

  function newInvocation(name: string, limitSeconds: number): Invocation {
    invoked += 1;
    const deadlineMs = nowMs + limitSeconds * 1000;
    return {
      name: `${name} ${invoked}`,
      beganAtTurn: turnsTaken,
      deadlineMs,
      troubled: false,
      state: 'working',
    };
  }

  function killOverdue(): void {
    for (const invocation of dying.keys()) {
      if (invocation.deadlineMs <= nowMs) kill(invocation, named('Sandbox.Timedout', 'Task timed out.'));
    }
    waiting = waiting.filter(({ by }) => by.deadlineMs > nowMs);
  }

  return {
    trace,
    counts,
    nowMs: () => nowMs,
    now: () => new Date(nowMs).toISOString(),
    taken: () => turnsTaken,
    /** Whose call is being made. */
    current: () => current,
    hanging: () => [...dying.keys()].filter((by) => !waiting.some((one) => one.by === by)),
    isIdle: () => waiting.length === 0,

    /** A function is called: it ends with its result or error, or dies at its limit or of a fault. */
    invoke<T>(
      { name, attempt, seconds }: { name: string; attempt?: number; seconds: number },
      work: (gate: Gate) => Promise<T>,
    ): Invoked<T> {
      const invocation = { ...newInvocation(name, seconds), attempt };
      const end = () => {
        if (invocation.state === 'working') invocation.state = 'ended';
        dying.delete(invocation);
      };
      const outcome = new Promise<T>((resolve, reject) => {
        dying.set(invocation, reject);
        work(gateOf(invocation)).finally(end).then(resolve, reject);
      });
      return { invocation, outcome };
    },

    /** Waits for some time to pass. */
    sleep(seconds: number): Promise<void> {
      const by = newInvocation('clock', Number.POSITIVE_INFINITY);
      return new Promise((resolve) => {
        waiting.push({ by, what: `${seconds} s`, readyMs: nowMs + seconds * 1000, go: () => resolve() });
      });
    },

    /** Lets one of the waiting calls be made. Answers false if there is none. */
    async take(pick: number, fault?: Fault): Promise<boolean> {
      if (waiting.length === 0) return false;
      nowMs = Math.max(nowMs, Math.min(...waiting.map(({ readyMs }) => readyMs)));
      const ready = waiting.filter(({ readyMs }) => readyMs <= nowMs);
      const next = ready[pick % ready.length]!;
      waiting = waiting.filter((one) => one !== next);

      turnsTaken += 1;
      counts.calls += 1;
      nowMs += turnMs;
      current = next.by;
      trace.push(`${next.by.name}: ${next.what}${fault ? ` (${fault})` : ''}`);
      next.go(fault);
      await allHaveGoneOn();
      killOverdue();
      return true;
    },

    advance(seconds: number): void {
      nowMs += seconds * 1000;
      trace.push(`— ${seconds} s pass`);
      killOverdue();
    },

    /** All functions die, and everything under way with them. */
    async powerCut(): Promise<void> {
      for (const invocation of [...dying.keys()]) kill(invocation, named('PowerCut', 'Injected.'));
      waiting = [];
      trace.push('— power cut');
      await allHaveGoneOn();
    },
  };
}

/** Nothing in memory waits for more than microtasks: once they are through, everybody waits at a call again. */
function allHaveGoneOn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
