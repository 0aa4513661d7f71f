import { applies, matchesAction, type PolicyQuestion, type Statement } from './policy.ts';

/** One Allow statement of a role, and which of the actions it lists were ever needed. */
export interface GrantUsage {
  roleArn: string;
  sid?: string;
  /** Position among all statements of the role's policies, in the order given. */
  statement: number;
  actionsUsed: string[];
  actionsUnused: string[];
}

/**
 * Remembers which grants a story needs. A grant counts as needed by a request only if no other grant allowed it too:
 * then, and only then, taking it away would have broken the story. So grants that double each other show as unused.
 */
export function trackGrants(statementsOf: ReadonlyMap<string, Statement[]>) {
  const needed = new Set<string>();
  const grantKey = (roleArn: string, statement: number, action: string) =>
    `${roleArn} ${statement} ${action}`;

  return {
    /** Call it for each request that was allowed. */
    note(roleArn: string, question: PolicyQuestion): void {
      const grants = (statementsOf.get(roleArn) ?? []).flatMap((statement, position) =>
        statement.effect === 'Allow' && applies(statement, question)
          ? grantsIn(statement, question.action).map((action) => grantKey(roleArn, position, action))
          : [],
      );
      if (grants.length === 1) needed.add(grants[0]!);
    },

    usage(): GrantUsage[] {
      return [...statementsOf].flatMap(([roleArn, statements]) =>
        statements.flatMap(({ effect, sid, actions }, statement) => {
          if (effect !== 'Allow') return [];
          const { used = [], unused = [] } = Object.groupBy(actions, (action) =>
            needed.has(grantKey(roleArn, statement, action)) ? 'used' : 'unused',
          );
          return { roleArn, sid, statement, actionsUsed: used, actionsUnused: unused };
        }),
      );
    },
  };
}

/** With `NotAction` the statement as a whole is the grant, so every pattern it lists stands for it. */
function grantsIn({ actions, negatedActions }: Statement, action: string): string[] {
  return negatedActions ? actions : actions.filter((pattern) => matchesAction(pattern, action));
}
