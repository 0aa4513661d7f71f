import type { JwtAuthorizer } from './api-definition.ts';

export interface Caller {
  /** Every value a string, as API Gateway hands claims on. */
  claims: Record<string, string>;
  scopes: string[] | null;
}

/** 401: no token that holds. 403: the token lacks the scope. */
export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError';
  readonly statusCode: 401 | 403;

  constructor(statusCode: 401 | 403) {
    super(statusCode === 401 ? 'Unauthorized' : 'Forbidden');
    this.statusCode = statusCode;
  }
}

/** Answers who calls, from the `Authorization` header. Throws AuthenticationError. */
export type Authenticate = (authorizer: JwtAuthorizer, authorization: string | undefined) => Promise<Caller>;

/** Whoever reaches this machine's loopback is its owner: no token is asked for. */
export const ownerOfThisMachine: Authenticate = async () => ({ claims: { sub: 'local' }, scopes: null });
