import { RemovalPolicy } from 'aws-cdk-lib';

/** Of what people made and can't make again. Kept, it still goes where the stack's first deploy fails half way. */
export const removalPolicy = (keepData: boolean): RemovalPolicy =>
  keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
