import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/template-error.ts';
import { compilePattern, type Matcher } from './event-pattern.ts';
import { parseRateMs } from './schedule-rate.ts';

export interface EventRule {
  arn: string;
  targets: EventTarget[];
  /** Which events it takes; absent for a rule that is only a schedule. */
  matches?: Matcher;
  /** Of a schedule: milliseconds from one run to the next. */
  everyMs?: number;
}

export interface EventTarget {
  functionArn: string;
  /** Replaces the event. */
  input?: unknown;
  /** The queue for what could not be delivered. */
  deadLetterArn?: string;
}

interface RuleProperties {
  EventBusName?: string;
  EventPattern?: unknown;
  ScheduleExpression?: string;
  State?: string;
  Targets?: (Record<string, unknown> & {
    Arn: string;
    Id: string;
    Input?: string;
    DeadLetterConfig?: { Arn: string };
  })[];
}

/** RetryPolicy is about a Lambda that can't be reached; here it always can. */
const knownOfTargets = new Set(['Arn', 'Id', 'Input', 'DeadLetterConfig', 'RetryPolicy']);

/** The enabled rules of the default bus. Throws TemplateError for what can't be run here, naming the rule. */
export function rulesOf(stack: Stack): EventRule[] {
  return stack
    .ofType<RuleProperties>('AWS::Events::Rule')
    .filter(({ properties }) => !properties.State?.startsWith('DISABLED'))
    .map((resource) => {
      try {
        return toRule(resource);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        throw new TemplateError(`${resource.logicalId} (${resource.type}): ${error.message}`);
      }
    });
}

function toRule({ properties, attributes }: Resource<RuleProperties>): EventRule {
  const { EventBusName = 'default', EventPattern, ScheduleExpression, Targets = [] } = properties;
  if (EventBusName !== 'default') throw new TemplateError('there is only the default event bus here');

  return {
    arn: attributes.Arn!,
    matches: EventPattern === undefined ? undefined : compilePattern(EventPattern),
    everyMs: ScheduleExpression === undefined ? undefined : parseRateMs(ScheduleExpression),
    targets: Targets.map((target) => {
      const unknown = Object.keys(target).find((name) => !knownOfTargets.has(name));
      if (unknown) throw new TemplateError(`${unknown} of target ${target.Id} is not known here`);
      if (!target.Arn.startsWith('arn:aws:lambda:'))
        throw new TemplateError(`target ${target.Id} is no function, and only these take events here`);
      return {
        functionArn: target.Arn,
        input: target.Input === undefined ? undefined : JSON.parse(target.Input),
        deadLetterArn: target.DeadLetterConfig?.Arn,
      };
    }),
  };
}
