import type { RequestContext } from '../../local/iam/conditions.ts';
import { decide, parsePolicy } from '../../local/iam/policy.ts';
import type { PolicyStatement } from '../../local/iam/policy-document.ts';
import { aPolicy, roleArn } from './access.ts';

const caller = { arn: roleArn('worker') };
/** Reading objects of the uploads bucket, unless told otherwise. */
export const allow = (more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::uploads/*',
  ...more,
});

interface Question {
  action?: string;
  resource?: string;
  context?: RequestContext;
}

/** What a role's policy of these statements says to this question: may a worker read an upload? */
export function decisionOn(statements: PolicyStatement[], question: Question = {}) {
  const { action = 's3:GetObject', resource = 'arn:aws:s3:::uploads/a', context = {} } = question;
  return decide(parsePolicy(aPolicy(...statements), 'identity'), { caller, action, resource, context });
}
