// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how Fn::Sub writes its references
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Template, TemplateResource } from '../../local/template/assembly.ts';
import { writeBundle } from './tiny-functions.ts';

const require = createRequire(__filename);
/** Bundles of tests load the SDK from where it is installed. */
const sdk = (name: string) => `require(${JSON.stringify(require.resolve(`@aws-sdk/${name}`))})`;

/** An API that puts an object; its arrival is noted in a table by another function; a third one reads the note. */
const bodies: Record<string, string> = {
  Put: `const { S3Client, PutObjectCommand } = ${sdk('client-s3')};
    await new S3Client().send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: 'note', Body: event.body }));
    return { statusCode: 204 };`,
  Arrived: `const { DynamoDBClient, PutItemCommand } = ${sdk('client-dynamodb')};
    const Item = { pk: { S: event.detail.object.key }, size: { N: String(event.detail.object.size) } };
    await new DynamoDBClient().send(new PutItemCommand({ TableName: process.env.TABLE, Item }));`,
  Read: `const { DynamoDBClient, GetItemCommand } = ${sdk('client-dynamodb')};
    const Key = { pk: { S: 'note' } };
    const { Item } = await new DynamoDBClient().send(new GetItemCommand({ TableName: process.env.TABLE, Key }));
    return { size: Item ? Number(Item.size.N) : null };`,
};

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

function aFunction(name: string, action: string, resource: unknown): Record<string, TemplateResource> {
  const allow = { Effect: 'Allow', Action: action, Resource: resource };
  return {
    [`${name}Role`]: { Type: 'AWS::IAM::Role', Properties: {} },
    [`${name}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        Roles: [{ Ref: `${name}Role` }],
        PolicyDocument: { Version: '2012-10-17', Statement: [allow] },
      },
    },
    [name]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: arnOf(`${name}Role`),
        Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: `${name}.zip` },
        Timeout: 30,
        MemorySize: 512,
        Environment: { Variables: { BUCKET: { Ref: 'Bucket' }, TABLE: { Ref: 'Table' } } },
      },
    },
  };
}

function aRoute(key: string, target: string): Record<string, TemplateResource> {
  const ApiId = { Ref: 'Api' };
  return {
    [`${target}Integration`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arnOf(target),
        PayloadFormatVersion: '2.0',
      },
    },
    [`${target}Route`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId,
        RouteKey: key,
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: `${target}Integration` }]] },
      },
    },
    [`${target}Permission`]: aPermission(target, 'apigateway.amazonaws.com', {
      'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/note',
    }),
  };
}

const aPermission = (target: string, Principal: string, SourceArn: unknown): TemplateResource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: arnOf(target), Principal, SourceArn },
});

function tinyTemplate(): Template {
  return {
    Resources: {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
      },
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        },
      },
      ...aFunction('Put', 's3:PutObject', { 'Fn::Sub': '${Bucket.Arn}/*' }),
      ...aFunction('Arrived', 'dynamodb:PutItem', arnOf('Table')),
      ...aFunction('Read', 'dynamodb:GetItem', arnOf('Table')),
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'tiny', ProtocolType: 'HTTP' } },
      ...aRoute('PUT /note', 'Put'),
      ...aRoute('GET /note', 'Read'),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: { source: ['aws.s3'], detail: { bucket: { name: [{ Ref: 'Bucket' }] } } },
          Targets: [{ Id: 'Arrived', Arn: arnOf('Arrived') }],
        },
      },
      ArrivedPermission: aPermission('Arrived', 'events.amazonaws.com', arnOf('Rule')),
    },
  };
}

/** Writes a small stack as `cdk synth` would, without the resources named, and answers its folder. */
export function writeTinyAssembly(folder: string, { without = [] as string[] } = {}): string {
  const template = tinyTemplate();
  for (const logicalId of without) delete template.Resources[logicalId];
  mkdirSync(folder, { recursive: true });
  const files = Object.entries(bodies).map(([name, body]) => {
    writeBundle(join(folder, `asset.${name}`), body);
    return [
      name,
      { source: { path: `asset.${name}` }, destinations: { here: { objectKey: `${name}.zip` } } },
    ];
  });
  const artifacts = {
    'Tiny.assets': { type: 'cdk:asset-manifest', properties: { file: 'Tiny.assets.json' } },
    Tiny: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Tiny.template.json' } },
  };
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  write('Tiny.assets.json', { files: Object.fromEntries(files) });
  write('Tiny.template.json', template);
  write('manifest.json', { artifacts });
  return folder;
}
