import { Duration, Size, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type ILayerVersion,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.ts';
import { functionCode } from './function-code.ts';
import { logGroup } from './log-group.ts';

export interface VerbFunctionProps {
  memoryMb: number;
  timeout: Duration;
  /** Of /tmp; 512 MB unless told. */
  temporaryMb?: number;
  /** The functions that run ffmpeg. */
  ffmpeg?: ILayerVersion;
  /** More of them for Node.js. */
  nodeOptions?: string[];
}

/** One verb of the product: a function with a role and a log group of its own. `verb` is its folder in lambdas/. */
export class VerbFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly verb: string;

  constructor(scope: Construct, verb: string, props: VerbFunctionProps) {
    super(scope, verb);
    this.verb = verb;

    const logs = logGroup(this, 'Logs');
    // A role of its own with one log group, instead of the managed policy that may write to all of them.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logs.grantWrite(this.role);

    this.function = new LambdaFunction(this, 'Function', {
      description: `Clipwright: ${verb}`,
      code: functionCode(this, verb),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: props.timeout,
      ...(props.temporaryMb && { ephemeralStorageSize: Size.mebibytes(props.temporaryMb) }),
      role: this.role,
      logGroup: logs,
      ...(props.ffmpeg && { layers: [props.ffmpeg] }),
      environment: {
        POWERTOOLS_SERVICE_NAME: verb,
        POWERTOOLS_METRICS_NAMESPACE: Stack.of(this).stackName,
        NODE_OPTIONS: ['--enable-source-maps', ...(props.nodeOptions ?? [])].join(' '),
        ...(props.ffmpeg && layerVariables),
      },
    });
  }

  /** Allows the actions on exactly these resources; one that ends in a wildcard carries its reason. */
  allow(
    actions: string[],
    resources: string[],
    wildcardReason?: string,
    conditions?: Record<string, Record<string, string>>,
  ): void {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources, conditions }));
    if (!wildcardReason) return;
    for (const resource of resources) acknowledgeWildcard(this.role, resource, wildcardReason);
  }

  setVariable(name: string, value: string): void {
    this.function.addEnvironment(name, value);
  }
}

/** Where the layer's programs and its font lie. */
const layerVariables = {
  FFMPEG_PATH: '/opt/bin/ffmpeg',
  FFPROBE_PATH: '/opt/bin/ffprobe',
  FONT_PATH: '/opt/font/DejaVuSans-Bold.ttf',
};

/** Functions behind the API: they answer within seconds. */
export const answering = { memoryMb: 512, timeout: Duration.seconds(15) };

/** As these, but S3 may take its time to make one object of thousands of parts: up to what the API waits. */
export const completing = { ...answering, timeout: Duration.seconds(29) };
