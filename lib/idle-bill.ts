/**
 * What one resource of a type costs a month in which nobody does anything, in dollars: us-east-1, list prices of
 * November 2026, beyond the free tiers. What is stored is not counted: clips, records, logs.
 */
const monthlyDollars: Record<string, number> = {
  'AWS::ApiGatewayV2::Api': 0,
  'AWS::ApiGatewayV2::Authorizer': 0,
  'AWS::ApiGatewayV2::Integration': 0,
  'AWS::ApiGatewayV2::Route': 0,
  'AWS::ApiGatewayV2::Stage': 0,
  'AWS::CloudFront::Distribution': 0,
  'AWS::CloudFront::Function': 0,
  'AWS::CloudFront::OriginAccessControl': 0,
  'AWS::CloudFront::ResponseHeadersPolicy': 0,
  // https://aws.amazon.com/cloudwatch/pricing: an account has ten of these for nothing,
  'AWS::CloudWatch::Alarm': 0.1,
  // and three of these, of up to 50 metrics each; lib/watch/dashboard.ts.
  'AWS::CloudWatch::Dashboard': 3,
  // By the users that sign in.
  'AWS::Cognito::UserPool': 0,
  'AWS::Cognito::UserPoolClient': 0,
  'AWS::Cognito::UserPoolDomain': 0,
  // On demand.
  'AWS::DynamoDB::Table': 0,
  // Events of AWS and schedules cost nothing; what they call does.
  'AWS::Events::Rule': 0,
  'AWS::IAM::Policy': 0,
  'AWS::IAM::Role': 0,
  'AWS::Lambda::EventInvokeConfig': 0,
  'AWS::Lambda::Function': 0,
  'AWS::Lambda::LayerVersion': 0,
  'AWS::Lambda::Permission': 0,
  'AWS::Logs::LogGroup': 0,
  'AWS::Logs::QueryDefinition': 0,
  'AWS::S3::Bucket': 0,
  'AWS::S3::BucketPolicy': 0,
  'AWS::SNS::Subscription': 0,
  'AWS::SNS::Topic': 0,
  'AWS::SNS::TopicPolicy': 0,
  // By the request; nobody polls them.
  'AWS::SQS::Queue': 0,
  'AWS::SQS::QueuePolicy': 0,
  'AWS::StepFunctions::StateMachine': 0,
  'Custom::CDKBucketDeployment': 0,
  'Custom::S3AutoDeleteObjects': 0,
};

/** Of the resources themselves. @throws Error for a type whose price nobody has looked up */
export function idleDollars(types: string[]): number {
  return types.reduce((sum, type) => {
    const dollars = monthlyDollars[type];
    if (dollars === undefined) throw new Error(`Look up what ${type} costs idle, for lib/idle-bill.ts.`);
    return sum + dollars;
  }, 0);
}
