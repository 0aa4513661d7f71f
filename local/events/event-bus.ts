import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { accountId, type EmitEvent, region } from '../types.ts';
import type { DeadLetters } from './dead-letters.ts';
import { openJournal } from './event-journal.ts';
import type { EventRule, EventTarget } from './event-rule.ts';

/** An event as EventBridge hands it to its targets. */
export interface BusEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** ISO 8601, whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

export interface EventBusSettings {
  dataDir: string;
  rules: EventRule[];
  /**
   * Hands an event to a function for the rule with this ARN. Resolves when the function has done with it, well or not;
   * throws AccessDenied where the function's policy does not let the rule in.
   */
  deliver(functionArn: string, event: unknown, ruleArn: string): Promise<void>;
  deadLetters: DeadLetters;
}

export interface EventBus {
  emit: EmitEvent;
  /** Delivers what was emitted until now or left over by the last run; runs each schedule, now and then at its rate. */
  start(): void;
  /** What is not delivered yet is delivered by the next start. */
  stop(): void;
}

/** The default event bus: at least once, out of order, like the real one. */
export function createEventBus({ dataDir, rules, deliver, deadLetters }: EventBusSettings): EventBus {
  const journal = openJournal(join(dataDir, 'events'));
  const timers: NodeJS.Timeout[] = [];
  let started = false;
  let stopped = false;

  /** False if it was cut short by `stop`. */
  async function deliverTo(target: EventTarget, event: BusEvent, rule: EventRule): Promise<boolean> {
    try {
      await deliver(target.functionArn, target.input ?? event, rule.arn);
      return true;
    } catch (error) {
      if (stopped) return false;
      deadLetters.add(target.deadLetterArn, { event, reason: error as Error, source: rule.arn });
      return true;
    }
  }

  const rulesFor = (event: BusEvent) => rules.filter(({ matches }) => matches?.(event));

  async function deliverToAll(event: BusEvent): Promise<void> {
    const deliveries = rulesFor(event).flatMap((rule) =>
      rule.targets.map((target) => deliverTo(target, event, rule)),
    );
    const done = await Promise.all(deliveries);
    if (done.every(Boolean)) await journal.remove(event);
  }

  function runSchedule(rule: EventRule): void {
    const event = stamp({
      source: 'aws.events',
      detailType: 'Scheduled Event',
      resources: [rule.arn],
      detail: {},
    });
    for (const target of rule.targets) void deliverTo(target, event, rule);
  }

  return {
    async emit(outgoing) {
      const event = stamp(outgoing);
      if (rulesFor(event).length === 0) return;
      await journal.add(event);
      if (started && !stopped) void deliverToAll(event);
    },

    start() {
      started = true;
      for (const event of journal.unfinished()) void deliverToAll(event);
      for (const rule of rules) {
        if (rule.everyMs === undefined) continue;
        runSchedule(rule); // at once, so that a reconciling function repairs what a crash left
        timers.push(setInterval(runSchedule, rule.everyMs, rule));
      }
    },

    stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
    },
  };
}

function stamp({ source, detailType, resources, detail }: Parameters<EmitEvent>[0]): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: accountId,
    time: new Date().toISOString().replace(/\.\d+/, ''),
    region,
    resources,
    detail,
  };
}
