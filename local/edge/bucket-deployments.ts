import type { Stack } from '../template/stack.ts';
import { TemplateError } from '../template/template-error.ts';

/** The properties of CDK's `Custom::CDKBucketDeployment`, as far as they are carried out here. */
export interface BucketDeployment {
  /** In whose name it writes: the role of the function that would do it. */
  roleArn: string;
  bucketName: string;
  /** `assets/`, or empty. */
  prefix: string;
  sources: Source[];
  /** Patterns of paths that are neither sent nor pruned. */
  exclude: string[];
  /** Delete what is in the bucket and not in the sources. */
  prune: boolean;
  cacheControl?: string;
}

export interface Source {
  folder: string;
  /** What stands in its files for values that are known only now. */
  markers: Record<string, string>;
  /** The files are JSON, and the markers within its strings. */
  jsonEscape: boolean;
}

interface Properties {
  ServiceToken: string;
  SourceObjectKeys: string[];
  SourceMarkers?: Record<string, string>[];
  SourceMarkersConfig?: { jsonEscape?: boolean; markerEncodings?: unknown }[];
  DestinationBucketName: string;
  DestinationBucketKeyPrefix?: string;
  Prune?: boolean;
  Exclude?: string[];
  SystemMetadata?: Record<string, string>;
}

/** Without effect here: nothing is cached, and no other resource asks for what came of it. */
const withoutEffect = [
  'SourceBucketNames',
  'WaitForDistributionInvalidation',
  'DistributionId',
  'DistributionPaths',
  'OutputObjectKeys',
  'DestinationBucketArn',
  'RetainOnDelete',
];
const known = [
  'ServiceToken',
  'SourceObjectKeys',
  'SourceMarkers',
  'SourceMarkersConfig',
  'DestinationBucketName',
  'DestinationBucketKeyPrefix',
  'Prune',
  'Exclude',
  'SystemMetadata',
];

/**
 * CDK's deployments of files into buckets, in the template's order. The local cloud carries them out by itself: the
 * function that would do it is Python around the AWS CLI, and is not run here.
 * Throws TemplateError for what they ask for beyond that.
 */
export function bucketDeploymentsOf(stack: Stack): BucketDeployment[] {
  return stack.ofType<Properties>('Custom::CDKBucketDeployment').map(({ logicalId, properties }) => {
    const { SystemMetadata = {}, SourceMarkers = [], SourceMarkersConfig = [] } = properties;
    const { 'cache-control': cacheControl, ...metadata } = SystemMetadata;
    const strange = [
      ...Object.keys(properties).filter((name) => ![...known, ...withoutEffect].includes(name)),
      ...Object.keys(metadata),
      ...SourceMarkersConfig.flatMap(({ markerEncodings }) => (markerEncodings ? ['markerEncodings'] : [])),
    ];
    if (strange.length > 0) throw new TemplateError(`${logicalId}: ${strange[0]} is not known here`);

    const handler = stack
      .ofType<{ Role: string }>('AWS::Lambda::Function')
      .find(({ attributes }) => attributes.Arn === properties.ServiceToken);
    if (!handler) throw new TemplateError(`${logicalId}: its function is not in the template`);
    return {
      roleArn: handler.properties.Role,
      bucketName: properties.DestinationBucketName,
      prefix: (properties.DestinationBucketKeyPrefix ?? '').replace(/\/?$/, '/').replace(/^\/$/, ''),
      sources: properties.SourceObjectKeys.map((key, index) => ({
        folder: stack.assetFolder(key),
        markers: SourceMarkers[index] ?? {},
        jsonEscape: SourceMarkersConfig[index]?.jsonEscape === true,
      })),
      exclude: properties.Exclude ?? [],
      prune: properties.Prune !== false,
      cacheControl,
    };
  });
}
