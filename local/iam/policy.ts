import { type Condition, parseConditions, type RequestContext, refuseVariables } from './conditions.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { PolicyError } from './policy-error.ts';
import { type Caller, type PrincipalMatcher, parsePrincipal } from './policy-principal.ts';
import { arnParts, matchesArn, matchesWildcard } from './wildcard.ts';

/** What is asked of the policies: may `caller` do `action` on `resource`? */
export interface PolicyQuestion {
  caller: Caller;
  action: string;
  resource: string;
  context: RequestContext;
}

/** One statement, checked and ready to judge. */
export interface Statement {
  sid?: string;
  effect: 'Allow' | 'Deny';
  /** The patterns as written; with `NotAction`, those that are left out. */
  actions: string[];
  negatedActions: boolean;
  resources: string[];
  negatedResources: boolean;
  principal: PrincipalMatcher;
  condition: Condition;
}

export type Decision = 'allow' | 'explicit deny' | 'implicit deny';

const KNOWN_ELEMENTS = new Set(
  'Sid Effect Principal Action NotAction Resource NotResource Condition'.split(' '),
);

/**
 * Checks and compiles a policy. `kind` says whether it belongs to an identity (no Principal) or to a resource (with
 * Principal). Throws PolicyError on any element, operator, variable or principal that could not be judged as AWS does.
 * Source: IAM User Guide, "IAM JSON policy elements reference".
 */
export function parsePolicy(document: PolicyDocument, kind: 'identity' | 'resource'): Statement[] {
  const { Version, Id: _id, Statement, ...unknown } = document;
  if (Version !== '2012-10-17') throw new PolicyError(`Unknown policy version: ${Version}`);
  refuseUnknown(Object.keys(unknown));
  return [Statement].flat().map((statement) => parseStatement(statement, kind));
}

/** An explicit deny wins over any allow; what nobody allows is denied. */
export function decide(statements: Statement[], question: PolicyQuestion): Decision {
  const effects = new Set(statements.filter((each) => applies(each, question)).map((each) => each.effect));
  if (effects.has('Deny')) return 'explicit deny';
  return effects.has('Allow') ? 'allow' : 'implicit deny';
}

/** Whether the statement speaks about this very request, be it to allow or to deny it. */
export function applies(
  statement: Statement,
  { caller, action, resource, context }: PolicyQuestion,
): boolean {
  return (
    statement.actions.some((pattern) => matchesAction(pattern, action)) !== statement.negatedActions &&
    statement.resources.some((pattern) => matchesArn(pattern, resource)) !== statement.negatedResources &&
    statement.principal(caller) &&
    statement.condition(context)
  );
}

/** Actions are compared without case: `s3:getobject*` fits `s3:GetObjectVersion`. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}

function parseStatement(statement: PolicyStatement, kind: 'identity' | 'resource'): Statement {
  refuseUnknown(Object.keys(statement).filter((element) => !KNOWN_ELEMENTS.has(element)));
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new PolicyError(`Unknown effect: ${statement.Effect}`);
  }
  if ((statement.Principal !== undefined) !== (kind === 'resource')) {
    throw new PolicyError(
      `The policy of ${kind === 'resource' ? 'a resource needs' : 'an identity takes no'} Principal`,
    );
  }
  return {
    sid: statement.Sid,
    effect: statement.Effect,
    actions: oneOf(statement, 'Action', 'NotAction').map(checkAction),
    negatedActions: statement.NotAction !== undefined,
    resources: oneOf(statement, 'Resource', 'NotResource').map(checkResource),
    negatedResources: statement.NotResource !== undefined,
    principal: statement.Principal === undefined ? () => true : parsePrincipal(statement.Principal),
    condition: parseConditions(statement.Condition),
  };
}

function oneOf<A extends keyof PolicyStatement, B extends keyof PolicyStatement>(
  statement: PolicyStatement,
  element: A,
  negation: B,
): string[] {
  const [given, ...more] = [statement[element], statement[negation]].filter((values) => values !== undefined);
  if (given === undefined || more.length > 0) {
    throw new PolicyError(`A statement needs either ${element} or ${negation}`);
  }
  return [given].flat().map(literalString);
}

function literalString(pattern: unknown): string {
  if (typeof pattern === 'string') return pattern;
  throw new PolicyError(`Not a text: ${JSON.stringify(pattern)}`);
}

function checkAction(pattern: string): string {
  if (/^(\*|[a-z0-9-]+:[a-z0-9*?]+)$/i.test(pattern)) return pattern;
  throw new PolicyError(`Not an action: ${pattern}`);
}

function checkResource(pattern: string): string {
  refuseVariables(pattern);
  if (pattern === '*' || (pattern.startsWith('arn:') && arnParts(pattern).length === 6)) return pattern;
  throw new PolicyError(`Not an ARN: ${pattern}`);
}

function refuseUnknown(elements: string[]): void {
  if (elements.length > 0) throw new PolicyError(`Unknown policy element: ${elements.join(', ')}`);
}
