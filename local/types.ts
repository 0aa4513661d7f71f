/** An event for the default bus, before the bus stamps it with id, time, account and region. */
export interface OutgoingEvent {
  /** `aws.s3`, `aws.states`, … */
  source: string;
  detailType: string;
  resources: string[];
  detail: Record<string, unknown>;
}

/** Hands an event to the bus. Resolves once the bus has it on disk: from then on it is delivered at least once. */
export type EmitEvent = (event: OutgoingEvent) => Promise<void>;

/**
 * Calls a function that the caller may call and answers its result; throws FunctionError where it failed. `line` is
 * whose call it is: while more is called than this machine can do, the owners have their turns.
 */
export type InvokeFunction = (functionArn: string, payload: unknown, line?: string) => Promise<unknown>;

/** What a failed function answers; `name` is its errorType (`SourceChanged`, `Sandbox.Timedout`, …), as Retry and Catch match it. */
export class FunctionError extends Error {
  override readonly name: string;
  readonly trace: string[];

  constructor(errorType: string, message: string, trace: string[] = []) {
    super(message);
    this.name = errorType;
    this.trace = trace;
  }
}

/** A local service: where it listens, and how to stop it. */
export interface LocalService {
  /** `http://127.0.0.1:4567` */
  url: string;
  stop(): Promise<void>;
}

/** Everything on this machine is in this account and region; the SDK, ARNs and signatures use them. */
export const accountId = '000000000000';
export const region = 'us-east-1';
