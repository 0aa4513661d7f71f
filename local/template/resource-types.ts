import { accountId, region } from '../types.ts';
import { physicalName } from './physical-name.ts';

/** What other resources see of one: its `Ref`, and its `Fn::GetAtt` attributes. */
export interface Identity {
  ref: string;
  attributes: Record<string, string>;
}

export interface Naming {
  stackName: string;
  logicalId: string;
  /** Resolved. */
  properties: Record<string, unknown>;
  /** Where the HTTP API listens: `http://127.0.0.1:8600`. */
  apiUrl: string;
}

export interface ResourceType {
  /** The folder of local/ that runs it; absent where nothing has to run. */
  runBy?: string;
  /** Why the template may hold it though nothing runs it here. */
  acceptedBecause?: string;
  identify(naming: Naming): Identity;
}

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** A resource that others refer to by a name of its own, given in `property` or made up as CloudFormation does. */
function named(property: string, attributes: (name: string) => Record<string, string>) {
  return (naming: Naming): Identity => {
    const name = (naming.properties[property] as string | undefined) ?? physicalName(naming);
    return { ref: name, attributes: attributes(name) };
  };
}

/** As `named`, but its `Ref` is its ARN. */
function referredByArn(property: string, toArn: (name: string) => string) {
  const identify = named(property, (name) => ({ Arn: toArn(name), Name: name }));
  return (naming: Naming): Identity => {
    const { attributes } = identify(naming);
    return { ref: attributes.Arn!, attributes };
  };
}

const unnamed = (naming: Naming): Identity => ({ ref: physicalName(naming), attributes: {} });

/** Its `Id` is its `Ref`, too. */
const identified = (naming: Naming): Identity => {
  const { ref } = unnamed(naming);
  return { ref, attributes: { Id: ref } };
};

/** Every type that a template may hold. What is not here is an error: nothing is left out without a word. */
export const resourceTypes: Record<string, ResourceType> = {
  'AWS::S3::Bucket': {
    runBy: 'local/s3',
    identify: (naming) => {
      const name = (naming.properties.BucketName as string | undefined) ?? physicalName(naming).toLowerCase();
      const domain = `${name}.s3.${region}.amazonaws.com`;
      return {
        ref: name,
        attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: domain },
      };
    },
  },
  'AWS::S3::BucketPolicy': { runBy: 'local/iam', identify: unnamed },
  'AWS::DynamoDB::Table': {
    runBy: 'local/dynamodb',
    identify: named('TableName', (name) => ({ Arn: arn('dynamodb', `table/${name}`) })),
  },
  'AWS::Lambda::Function': {
    runBy: 'local/functions',
    identify: named('FunctionName', (name) => ({ Arn: arn('lambda', `function:${name}`) })),
  },
  'AWS::Lambda::Permission': { runBy: 'local/iam', identify: unnamed },
  'AWS::Lambda::EventInvokeConfig': { runBy: 'local/functions', identify: unnamed },
  'AWS::Lambda::LayerVersion': {
    acceptedBecause: "it is built for the function's architecture; the tools of this machine take its place",
    identify: referredByArn('LayerName', (name) => arn('lambda', `layer:${name}:1`)),
  },
  'AWS::IAM::Role': {
    runBy: 'local/iam',
    identify: named('RoleName', (name) => ({ Arn: `arn:aws:iam::${accountId}:role/${name}` })),
  },
  'AWS::IAM::Policy': { runBy: 'local/iam', identify: unnamed },
  'AWS::StepFunctions::StateMachine': {
    runBy: 'local/states',
    identify: referredByArn('StateMachineName', (name) => arn('states', `stateMachine:${name}`)),
  },
  'AWS::ApiGatewayV2::Api': {
    runBy: 'local/http-api',
    identify: (naming) => {
      const id = physicalName(naming);
      return { ref: id, attributes: { ApiId: id, ApiEndpoint: naming.apiUrl } };
    },
  },
  'AWS::ApiGatewayV2::Stage': {
    runBy: 'local/http-api',
    identify: ({ properties }) => ({ ref: String(properties.StageName), attributes: {} }),
  },
  'AWS::ApiGatewayV2::Route': { runBy: 'local/http-api', identify: unnamed },
  'AWS::ApiGatewayV2::Integration': { runBy: 'local/http-api', identify: unnamed },
  'AWS::ApiGatewayV2::Authorizer': { runBy: 'local/http-api', identify: unnamed },
  'AWS::CloudFront::Distribution': {
    runBy: 'local/edge',
    identify: (naming) => {
      const id = physicalName(naming);
      return {
        ref: id,
        attributes: {
          Id: id,
          Arn: `arn:aws:cloudfront::${accountId}:distribution/${id}`,
          DomainName: `${id.toLowerCase()}.cloudfront.net`,
        },
      };
    },
  },
  'AWS::CloudFront::Function': {
    runBy: 'local/edge',
    identify: (naming) => {
      const functionArn = `arn:aws:cloudfront::${accountId}:function/${physicalName(naming)}`;
      return { ref: functionArn, attributes: { FunctionARN: functionArn } };
    },
  },
  'AWS::CloudFront::OriginAccessControl': { runBy: 'local/edge', identify: identified },
  'AWS::CloudFront::ResponseHeadersPolicy': { runBy: 'local/edge', identify: identified },
  'Custom::CDKBucketDeployment': { runBy: 'local/edge', identify: unnamed },
  'Custom::S3AutoDeleteObjects': {
    acceptedBecause: 'it empties a bucket when the stack goes, and stacks never go here',
    identify: unnamed,
  },
  'AWS::Events::Rule': {
    runBy: 'local/events',
    identify: named('Name', (name) => ({ Arn: arn('events', `rule/${name}`) })),
  },
  'AWS::SQS::Queue': {
    runBy: 'local/events',
    identify: (naming) => {
      const name = (naming.properties.QueueName as string | undefined) ?? physicalName(naming);
      const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
      return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
    },
  },
  'AWS::SQS::QueuePolicy': {
    acceptedBecause: 'a dead-letter queue is a file that only this cloud writes',
    identify: unnamed,
  },
  'AWS::Cognito::UserPool': {
    acceptedBecause: 'the local issuer stands for it, with two users (--auth)',
    identify: (naming) => {
      const id = `${region}_${physicalName(naming).slice(-9)}`;
      const provider = `cognito-idp.${region}.amazonaws.com/${id}`;
      const attributes = {
        Arn: arn('cognito-idp', `userpool/${id}`),
        ProviderName: provider,
        UserPoolId: id,
      };
      return { ref: id, attributes: { ...attributes, ProviderURL: `https://${provider}` } };
    },
  },
  'AWS::Cognito::UserPoolClient': {
    acceptedBecause: 'its id is the audience of the tokens of the local issuer',
    identify: (naming) => {
      const id = physicalName(naming).slice(-26).toLowerCase().replaceAll('-', '');
      return { ref: id, attributes: { ClientId: id } };
    },
  },
  'AWS::Cognito::UserPoolDomain': {
    acceptedBecause: 'nobody signs in by browser here',
    identify: ({ properties }) => ({ ref: String(properties.Domain), attributes: {} }),
  },
  'AWS::Logs::LogGroup': {
    acceptedBecause: 'the functions log to files',
    identify: named('LogGroupName', (name) => ({ Arn: arn('logs', `log-group:${name}:*`) })),
  },
  'AWS::Logs::MetricFilter': { acceptedBecause: 'there are no metrics here', identify: unnamed },
  'AWS::CloudWatch::Alarm': {
    acceptedBecause: 'there are no metrics here',
    identify: named('AlarmName', (name) => ({ Arn: arn('cloudwatch', `alarm:${name}`) })),
  },
  'AWS::CloudWatch::Dashboard': { acceptedBecause: 'there are no metrics here', identify: unnamed },
  'AWS::SNS::Topic': {
    acceptedBecause: 'only alarms write to it, and there are none here',
    identify: referredByArn('TopicName', (name) => arn('sns', name)),
  },
  'AWS::SNS::Subscription': {
    acceptedBecause: 'only alarms write to the topic, and there are none here',
    identify: unnamed,
  },
  'AWS::Logs::QueryDefinition': { acceptedBecause: 'logs are files here', identify: unnamed },
  'AWS::SNS::TopicPolicy': {
    acceptedBecause: 'only alarms write to it, and there are none here',
    identify: unnamed,
  },
  'AWS::CDK::Metadata': { acceptedBecause: 'it only counts the uses of CDK', identify: unnamed },
};
