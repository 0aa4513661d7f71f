/**
 * Bundled in the place of `@aws-sdk/middleware-endpoint-discovery`; see lib/bundle-functions.ts. DynamoDB's endpoint
 * is that of the region: the client only ever looks for another one where it is told to.
 */
export const resolveEndpointDiscoveryConfig = <Config>(config: Config) => config;
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: undefined,
};
