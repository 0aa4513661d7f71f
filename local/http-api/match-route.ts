/** `pathParameters` are decoded. */
export interface RouteMatch<Route> {
  route: Route;
  pathParameters: Record<string, string>;
}

/**
 * The route for a request, as API Gateway chooses it: a method before ANY, fixed segments before `{parameters}`, these
 * before a greedy `{parameter+}`, and `$default` last. `/a` and `/a/` are two paths.
 */
export function matchRoute<Route extends { key: string }>(
  routes: Route[],
  method: string,
  path: string,
): RouteMatch<Route> | undefined {
  const segments = path.split('/').slice(1);
  const candidates = routes.flatMap((route) => {
    const [routeMethod, routePath] = route.key.split(' ');
    if (routePath === undefined || (routeMethod !== method && routeMethod !== 'ANY')) return [];
    const found = matchSegments(routePath.split('/').slice(1), segments);
    return found
      ? [{ route, pathParameters: found.parameters, rank: `${found.rank}${routeMethod === 'ANY'}` }]
      : [];
  });
  const [best] = candidates.sort((left, right) => (left.rank < right.rank ? -1 : 1));
  if (best) return { route: best.route, pathParameters: best.pathParameters };

  const fallback = routes.find(({ key }) => key === '$default');
  return fallback && { route: fallback, pathParameters: {} };
}

/** The lower the rank, segment by segment, the more specific. */
function matchSegments(expected: string[], actual: string[]) {
  const parameters: Record<string, string> = {};
  let rank = '';
  for (const [index, segment] of expected.entries()) {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    const value = greedy ? actual.slice(index).join('/') : actual[index];
    if (!value && segment !== value) return undefined;
    if (name) parameters[name] = decode(value!);
    else if (segment !== value) return undefined;
    if (greedy) return { parameters, rank: `${rank}2` };
    rank += name ? '1' : '0';
  }
  return expected.length === actual.length ? { parameters, rank } : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray `%` means itself
  }
}
