/** Who signs: a function (with the role of that function), the state machine, the owner of this machine. */
export interface Principal {
  accessKeyId: string;
  secretAccessKey: string;
  /** The role's ARN, as policies and error messages name it. */
  arn: string;
}

export interface AccessRequest {
  /** `s3:PutObject` */
  action: string;
  /** The ARN of what is acted upon. */
  resource: string;
  /** Condition keys and their values: `{'s3:signatureAge': 5000, 'aws:SecureTransport': true}`. */
  context?: Record<string, string | number | boolean | string[]>;
}

/** What every local service asks before it does anything. */
export interface Access {
  /** Who signs with this key; undefined if nobody does (the caller answers InvalidAccessKeyId). */
  principalOf(accessKeyId: string): Principal | undefined;
  /** Returns if an identity or a resource policy allows it and none denies it; throws AccessDenied else. */
  authorize(principal: Principal, request: AccessRequest): void;
}

/** The message reads as IAM's own: who is not authorized to perform what on which resource. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';

  constructor(arn: string, action: string, resource: string) {
    super(`User: ${arn} is not authorized to perform: ${action} on resource: ${resource}`);
  }
}
