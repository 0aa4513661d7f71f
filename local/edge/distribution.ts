import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/template-error.ts';
import { functionCode } from './edge-function.ts';
import { type Forwarding, forwardingOf } from './forwarding.ts';
import { type Origin, originsOf } from './origins.ts';
import { headersOf, type PolicyHeader } from './response-headers.ts';

export interface Distribution {
  id: string;
  /** In whose name the service reads from buckets. */
  arn: string;
  domainName: string;
  /** What `/` stands for; without its slash. */
  rootObject?: string;
  /** The first whose pattern fits is taken; the last one fits all. */
  behaviors: Behavior[];
}

export interface Behavior {
  /** `/api/*`: `*` stands for anything, `?` for any one character. */
  pathPattern: string;
  allowedMethods: string[];
  origin: Origin;
  forwarding: Forwarding;
  /** The code that runs before anything else. */
  viewerRequest?: string;
  headers: PolicyHeader[];
}

interface BehaviorProperties {
  PathPattern?: string;
  TargetOriginId: string;
  AllowedMethods?: string[];
  CachePolicyId?: string;
  OriginRequestPolicyId?: string;
  ResponseHeadersPolicyId?: string;
  FunctionAssociations?: { EventType: string; FunctionARN: string }[];
  /** No matter here: loopback stands for TLS, and nothing is cached or compressed. */
  ViewerProtocolPolicy?: string;
  CachedMethods?: string[];
  Compress?: boolean;
}

export interface DistributionProperties {
  DistributionConfig: {
    Enabled: boolean;
    DefaultRootObject?: string;
    DefaultCacheBehavior: BehaviorProperties;
    CacheBehaviors?: BehaviorProperties[];
    Origins: unknown[];
    CustomErrorResponses?: unknown[];
  };
}

const known = new Set([
  'PathPattern',
  'TargetOriginId',
  'AllowedMethods',
  'CachePolicyId',
  'OriginRequestPolicyId',
  'ResponseHeadersPolicyId',
  'FunctionAssociations',
  'ViewerProtocolPolicy',
  'CachedMethods',
  'Compress',
]);

/** The CloudFront distribution of the stack, if it has one. Throws TemplateError for what can't be run here. */
export function distributionOf(stack: Stack): Distribution | undefined {
  const [resource, ...others] = stack.ofType<DistributionProperties>('AWS::CloudFront::Distribution');
  if (!resource) return undefined;
  if (others.length > 0)
    throw new TemplateError('the local cloud runs one distribution, and the template holds more');
  const { DistributionConfig: config } = resource.properties;
  if (config.CustomErrorResponses?.length)
    throw new TemplateError(`${resource.logicalId}: custom error responses are not made here`);

  const ordered = [...(config.CacheBehaviors ?? []), { ...config.DefaultCacheBehavior, PathPattern: '*' }];
  return {
    id: resource.ref,
    arn: resource.attributes.Arn!,
    domainName: resource.attributes.DomainName!,
    rootObject: config.DefaultRootObject || undefined,
    behaviors: ordered.map((behavior) => behaviorOf(stack, resource, behavior)),
  };
}

function behaviorOf(
  stack: Stack,
  resource: Resource<DistributionProperties>,
  behavior: BehaviorProperties,
): Behavior {
  const { PathPattern = '*', TargetOriginId, FunctionAssociations = [] } = behavior;
  const fail = (what: string) => new TemplateError(`${resource.logicalId} (${PathPattern}): ${what}`);

  const strange = Object.keys(behavior).find((name) => !known.has(name));
  if (strange) throw fail(`${strange} is not known here`);
  const origin = originsOf(stack, resource).get(TargetOriginId);
  if (!origin) throw fail(`there is no origin ${TargetOriginId}`);
  const [association, ...more] = FunctionAssociations;
  if (more.length > 0 || (association && association.EventType !== 'viewer-request'))
    throw fail('only one function, at viewer-request, runs here');

  return {
    pathPattern: PathPattern,
    allowedMethods: behavior.AllowedMethods ?? ['GET', 'HEAD'],
    origin,
    forwarding: forwardingOf(behavior.CachePolicyId, behavior.OriginRequestPolicyId),
    viewerRequest: association && functionCode(stack, association.FunctionARN),
    headers: headersOf(stack, behavior.ResponseHeadersPolicyId),
  };
}
