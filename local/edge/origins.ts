import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/template-error.ts';
import { region } from '../types.ts';
import type { DistributionProperties } from './distribution.ts';

/** A bucket of the stack, read in the name of the distribution; or its HTTP API. */
export type Origin = { kind: 'bucket'; bucketName: string } | { kind: 'api' };

interface OriginProperties {
  Id: string;
  DomainName: string;
  OriginPath?: string;
  OriginAccessControlId?: string;
  S3OriginConfig?: { OriginAccessIdentity?: string };
  CustomOriginConfig?: unknown;
}

interface OriginAccessControlProperties {
  OriginAccessControlConfig: { SigningBehavior: string };
}

/** By their ids. Throws TemplateError for one that is not in the stack, or that CloudFront would not sign for. */
export function originsOf(stack: Stack, distribution: Resource<DistributionProperties>): Map<string, Origin> {
  const origins = distribution.properties.DistributionConfig.Origins as OriginProperties[];
  return new Map(
    origins.map((origin) => {
      const found = bucketOf(stack, origin) ?? apiOf(stack, origin);
      if (!found || origin.OriginPath)
        throw new TemplateError(
          `${distribution.logicalId}: the origin ${origin.DomainName} is neither a bucket nor the API of the stack`,
        );
      return [origin.Id, found];
    }),
  );
}

function bucketOf(stack: Stack, { DomainName, OriginAccessControlId }: OriginProperties): Origin | undefined {
  const bucket = stack
    .ofType('AWS::S3::Bucket')
    .find(({ attributes }) => attributes.RegionalDomainName === DomainName);
  if (!bucket) return undefined;

  const control = stack
    .ofType<OriginAccessControlProperties>('AWS::CloudFront::OriginAccessControl')
    .find(({ ref }) => ref === OriginAccessControlId);
  if (control?.properties.OriginAccessControlConfig.SigningBehavior !== 'always')
    throw new TemplateError(`${bucket.logicalId}: CloudFront reads it without an origin access control`);
  return { kind: 'bucket', bucketName: bucket.ref };
}

function apiOf(stack: Stack, { DomainName }: OriginProperties): Origin | undefined {
  const apis = stack.ofType('AWS::ApiGatewayV2::Api');
  const isApi = apis.some(({ ref }) => DomainName === `${ref}.execute-api.${region}.amazonaws.com`);
  return isApi ? { kind: 'api' } : undefined;
}
