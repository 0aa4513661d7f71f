import type { Stack } from '../template/stack.ts';
import { TemplateError } from '../template/template-error.ts';

export interface ApiDefinition {
  id: string;
  routes: Route[];
  cors?: CorsConfiguration;
}

/** A token bucket: so many requests at once, refilled at so many a second. */
export interface Throttle {
  ratePerSecond: number;
  burst: number;
}

export interface Route {
  /** `POST /api/jobs/{id}/retry` or `$default` */
  key: string;
  functionArn: string;
  /** Milliseconds that a function has to answer. */
  timeoutMs: number;
  /** Absent: anyone may call it. */
  authorizer?: JwtAuthorizer;
  /** Of this route alone. Absent: it takes as much as comes. */
  throttle?: Throttle;
}

export interface JwtAuthorizer {
  issuer: string;
  audience: string[];
  /** The token needs one of these; none: any token will do. */
  scopes: string[];
}

/** The shape of CloudFormation's `CorsConfiguration`. */
export interface CorsConfiguration {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
  AllowCredentials?: boolean;
  MaxAge?: number;
}

interface RouteProperties {
  ApiId: string;
  RouteKey: string;
  Target: string;
  AuthorizationType?: string;
  AuthorizerId?: string;
  AuthorizationScopes?: string[];
}

interface RouteSettings {
  ThrottlingRateLimit?: number;
  ThrottlingBurstLimit?: number;
}

interface StageProperties {
  StageName: string;
  DefaultRouteSettings?: RouteSettings;
  RouteSettings?: Record<string, RouteSettings>;
}

interface IntegrationProperties {
  IntegrationType: string;
  IntegrationUri: string;
  PayloadFormatVersion?: string;
  TimeoutInMillis?: number;
}

interface AuthorizerProperties {
  AuthorizerType: string;
  IdentitySource?: string[];
  JwtConfiguration?: { Audience?: string[]; Issuer: string };
}

const longestTimeoutMs = 30_000;

/** The HTTP API of the stack, if it has one. Throws TemplateError for what can't be run here, naming the resource. */
export function apiOf(stack: Stack): ApiDefinition | undefined {
  const apis = stack.ofType<{ ProtocolType?: string; CorsConfiguration?: CorsConfiguration }>(
    'AWS::ApiGatewayV2::Api',
  );
  const [api] = apis;
  if (!api) return undefined;
  if (apis.length > 1)
    throw new TemplateError('the local cloud runs one HTTP API, and the template holds more');
  if (api.properties.ProtocolType !== 'HTTP')
    throw new TemplateError(`${api.logicalId}: only HTTP APIs run here`);

  const stages = stack.ofType<StageProperties>('AWS::ApiGatewayV2::Stage');
  for (const { logicalId, properties } of stages)
    if (properties.StageName !== '$default')
      throw new TemplateError(`${logicalId}: only the stage $default runs here`);

  return {
    id: api.ref,
    cors: api.properties.CorsConfiguration,
    routes: stack.ofType<RouteProperties>('AWS::ApiGatewayV2::Route').map(({ logicalId, properties }) => ({
      key: properties.RouteKey,
      throttle: throttleOf(properties.RouteKey, stages[0]?.properties),
      authorizer: authorizerOf(stack, logicalId, properties),
      ...integrationOf(stack, logicalId, properties.Target),
    })),
  };
}

/** A route's own settings hide those of the stage. */
function throttleOf(routeKey: string, stage: StageProperties | undefined): Throttle | undefined {
  const { ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst } =
    stage?.RouteSettings?.[routeKey] ?? stage?.DefaultRouteSettings ?? {};
  return ratePerSecond === undefined || burst === undefined ? undefined : { ratePerSecond, burst };
}

function integrationOf(
  stack: Stack,
  routeId: string,
  target: string,
): Pick<Route, 'functionArn' | 'timeoutMs'> {
  const integrations = stack.ofType<IntegrationProperties>('AWS::ApiGatewayV2::Integration');
  const integration = integrations.find(({ ref }) => target === `integrations/${ref}`);
  if (!integration) throw new TemplateError(`${routeId}: its integration is not in the template`);

  const { IntegrationType, IntegrationUri, PayloadFormatVersion, TimeoutInMillis } = integration.properties;
  const [functionArn] = /arn:aws:lambda:[\w-]+:\d+:function:[\w-]+/.exec(IntegrationUri) ?? [];
  if (IntegrationType !== 'AWS_PROXY' || PayloadFormatVersion !== '2.0' || !functionArn)
    throw new TemplateError(`${integration.logicalId}: only functions with payload format 2.0 run here`);
  return { functionArn, timeoutMs: TimeoutInMillis ?? longestTimeoutMs };
}

function authorizerOf(stack: Stack, routeId: string, properties: RouteProperties): JwtAuthorizer | undefined {
  const { AuthorizationType = 'NONE', AuthorizerId, AuthorizationScopes = [] } = properties;
  if (AuthorizationType === 'NONE') return undefined;

  const authorizers = stack.ofType<AuthorizerProperties>('AWS::ApiGatewayV2::Authorizer');
  const authorizer = authorizers.find(({ ref }) => ref === AuthorizerId);
  const jwt = authorizer?.properties.JwtConfiguration;
  if (AuthorizationType !== 'JWT' || !jwt)
    throw new TemplateError(`${routeId}: only JWT authorizers run here`);
  if (authorizer.properties.IdentitySource?.join() !== '$request.header.Authorization')
    throw new TemplateError(`${authorizer.logicalId}: the token is read from the Authorization header only`);
  return { issuer: jwt.Issuer, audience: jwt.Audience ?? [], scopes: AuthorizationScopes };
}
