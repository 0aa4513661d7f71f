import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi as Api,
  type CfnStage,
  CorsHttpMethod,
  type HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { logGroup } from './log-group.ts';
import type { VerbFunction } from './verb-function.ts';

interface Props {
  allowedOrigins: string[];
  /** Of all callers together. */
  requestsPerSecond: number;
  authorizer: IHttpRouteAuthorizer;
  /** What a caller must be signed in for: `POST /api/jobs` → function. */
  routes: Record<string, VerbFunction>;
  publicRoutes: Record<string, VerbFunction>;
  /** Takes every other path. */
  fallback: VerbFunction;
}

/** The HTTP API: routes without a trailing slash (it can hold no others), sign-in by default, CORS, throttling. */
export class HttpApi extends Construct {
  readonly api: Api;
  readonly url: string;
  private readonly integrations = new Map<VerbFunction, HttpLambdaIntegration>();

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const api = new Api(this, 'Api', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: props.allowedOrigins,
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.DELETE],
        allowHeaders: ['authorization', 'content-type'],
        exposeHeaders: ['location', 'retry-after'],
      },
    });
    this.api = api;
    const accessLog = logGroup(this, 'AccessLog');
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: props.requestsPerSecond, burstLimit: props.requestsPerSecond * 2 },
      // By route, never by path: a path may hold what is nobody's business.
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(
          JSON.stringify({
            request_id: '$context.requestId',
            route: '$context.routeKey',
            status: '$context.status',
            latency_ms: '$context.responseLatency',
            // Not `messageString`: that brings quotes of its own.
            error: '$context.error.message',
          }),
        ),
      },
    });
    this.url = stage.url;

    for (const [route, fn] of Object.entries(props.routes)) this.addRoute(api, route, fn, props.authorizer);
    for (const [route, fn] of Object.entries(props.publicRoutes)) this.addRoute(api, route, fn);
    this.addRoute(api, '$default', props.fallback);
    this.throttleCostly(stage, Object.keys(props.routes), props.requestsPerSecond);
  }

  /** Routes that store or start something take a fifth of what others do; as many may come at once. */
  private throttleCostly(stage: HttpStage, routes: string[], requestsPerSecond: number): void {
    const limit = {
      ThrottlingRateLimit: Math.ceil(requestsPerSecond / 5),
      ThrottlingBurstLimit: requestsPerSecond,
    };
    const costly = routes.filter((route) => costlyRoutes.includes(route));
    (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
      costly.map((route) => [route, limit]),
    );
    // API Gateway refuses settings of routes that are not there yet.
    for (const route of costly) stage.node.addDependency(this.node.findChild(route));
  }

  private addRoute(httpApi: Api, route: string, fn: VerbFunction, authorizer?: IHttpRouteAuthorizer): void {
    const added = new HttpRoute(this, route, {
      httpApi,
      routeKey: routeKeyOf(route),
      integration: this.integrationOf(fn),
      authorizer: authorizer ?? new HttpNoneAuthorizer(),
    });
    if (!authorizer) acknowledge(added, 'APIG4', 'Public on purpose: it tells nothing of anybody.');
  }

  private integrationOf(fn: VerbFunction): HttpLambdaIntegration {
    const known = this.integrations.get(fn) ?? new HttpLambdaIntegration(fn.verb, fn.function);
    this.integrations.set(fn, known);
    return known;
  }
}

const costlyRoutes = [
  'POST /api/jobs',
  'POST /api/jobs/{id}/retry',
  'POST /api/upload/create-job',
  'POST /api/upload/presigned-url',
  'POST /api/upload/multipart/initiate',
  'POST /api/upload/multipart/complete',
  'GET /api/uppy/s3/params',
  'POST /api/uppy/s3/multipart',
  'POST /api/uppy/s3/multipart/{uploadId}/complete',
];

/** `POST /api/jobs`, or `$default`. */
function routeKeyOf(route: string): HttpRouteKey {
  if (route === '$default') return HttpRouteKey.DEFAULT;

  const [method, path = ''] = route.split(' ');
  return HttpRouteKey.with(path, method as HttpMethod);
}
