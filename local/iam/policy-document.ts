import type { ConditionBlock } from './conditions.ts';

/** An IAM policy as JSON, all intrinsics resolved. */
export interface PolicyDocument {
  Version: '2012-10-17';
  Id?: string;
  Statement: PolicyStatement | PolicyStatement[];
}

export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  /** In resource policies only: whom the statement is about. */
  Principal?: '*' | Partial<Record<'AWS' | 'Service', string | string[]>>;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: ConditionBlock;
}
