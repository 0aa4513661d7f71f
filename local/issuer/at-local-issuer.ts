import type { ApiDefinition } from '../http-api/api-definition.ts';

/** The API with the issuer that the template names at its address on this machine; all else of the authorizers stands. */
export function atLocalIssuer(definition: ApiDefinition, issuer: string): ApiDefinition {
  return {
    ...definition,
    routes: definition.routes.map(({ authorizer, ...route }) =>
      authorizer ? { ...route, authorizer: { ...authorizer, issuer } } : route,
    ),
  };
}
