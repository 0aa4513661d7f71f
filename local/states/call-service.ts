import type { DeadLetters } from '../events/dead-letters.ts';
import { AccessDenied } from '../iam/access.ts';
import type { LocalAccess } from '../iam/create-access.ts';
import { accountId, type EmitEvent, region } from '../types.ts';
import type { Json } from './run-scope.ts';
import { StateError } from './state-errors.ts';

export interface ServiceCall {
  roleArn: string;
  access: LocalAccess;
  emit: EmitEvent;
  deadLetters: DeadLetters;
  /** Of the execution and its state machine: events name both. */
  executionArn: string;
  machineArn: string;
}

interface Service {
  /** What the state machine's role must be allowed to do. */
  action: string;
  /** In the names of errors: `EventBridge.AccessDeniedException`. */
  name: string;
  perform(payload: Json, call: ServiceCall, authorize: (resource: string) => void): Promise<Json>;
}

/** Source: Step Functions Developer Guide, "Optimized integrations". */
const services: Record<string, Service> = {
  'arn:aws:states:::events:putEvents': {
    action: 'events:PutEvents',
    name: 'EventBridge',
    perform: putEvents,
  },
  'arn:aws:states:::sqs:sendMessage': { action: 'sqs:SendMessage', name: 'SQS', perform: sendMessage },
};

export function isService(resource: string): boolean {
  return Object.hasOwn(services, resource);
}

/** Carries out a task that calls no function but a service, as the state machine's role. Throws StateError. */
export async function callService(resource: string, payload: Json, call: ServiceCall): Promise<Json> {
  const { action, name, perform } = services[resource]!;
  const role = call.access.principalWithArn(call.roleArn);
  try {
    return await perform(payload, call, (on) => call.access.authorize(role, { action, resource: on }));
  } catch (error) {
    const code = error instanceof AccessDenied ? 'AccessDeniedException' : 'InternalException';
    throw new StateError(`${name}.${code}`, (error as Error).message);
  }
}

interface Entry {
  Source: string;
  DetailType: string;
  /** An object, or its JSON. */
  Detail: Record<string, unknown> | string;
  EventBusName?: string;
}

async function putEvents(
  payload: Json,
  { emit, executionArn, machineArn }: ServiceCall,
  authorize: (resource: string) => void,
): Promise<Json> {
  const { Entries } = payload as unknown as { Entries: Entry[] };
  for (const { Source, DetailType, Detail, EventBusName = 'default' } of Entries) {
    if (EventBusName !== 'default') throw new Error('There is only the default event bus here.');
    authorize(`arn:aws:events:${region}:${accountId}:event-bus/default`);
    const detail = typeof Detail === 'string' ? JSON.parse(Detail) : Detail;
    await emit({ source: Source, detailType: DetailType, resources: [executionArn, machineArn], detail });
  }
  return { FailedEntryCount: 0, Entries: [] };
}

async function sendMessage(
  payload: Json,
  { deadLetters, machineArn }: ServiceCall,
  authorize: (resource: string) => void,
): Promise<Json> {
  const { QueueUrl, MessageBody } = payload as { QueueUrl: string; MessageBody: Json };
  const queueArn = `arn:aws:sqs:${region}:${accountId}:${QueueUrl.split('/').at(-1)}`;
  authorize(queueArn);
  deadLetters.send(queueArn, MessageBody, machineArn);
  return {};
}
