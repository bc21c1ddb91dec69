import type { Express } from 'express';

/** An address pattern as its route has it (`/collections/:id`), and the methods that the route takes, in capitals. */
export interface RouteEntry {
  readonly path: string;
  readonly methods: readonly string[];
  /** The parameters of a path that fits. @throws URIError for a malformed percent-encoding */
  match(path: string): Readonly<Record<string, string>> | undefined;
}

/** What Express keeps of a route or a router inside it; its types are of another major version. */
interface Layer {
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, true | undefined>> };
  readonly handle: { readonly stack?: readonly Layer[] };
  match(path: string): { readonly params: Readonly<Record<string, string>> } | false;
}

function entriesOf(stack: readonly Layer[]): RouteEntry[] {
  return stack.flatMap((layer) => {
    const { route, handle } = layer;
    if (!route) return handle.stack ? entriesOf(handle.stack) : [];
    // `_all` marks a route for whatever method, as the refusals of methods are.
    const methods = Object.keys(route.methods).filter((method) => method !== '_all');
    if (typeof route.path !== 'string' || methods.length === 0) return [];
    const match = (path: string) => {
      const found = layer.match(path);
      return found ? found.params : undefined;
    };
    return [{ path: route.path, methods: methods.map((method) => method.toUpperCase()), match }];
  });
}

/** Every route of an application, in the order in which they are tried. Routers are mounted without a prefix. */
export function routeTable(app: Express): RouteEntry[] {
  return entriesOf((app as unknown as { readonly router: { readonly stack: readonly Layer[] } }).router.stack);
}

const ORDER = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * What the resource at a path takes, in the order of `ORDER`, and the parameters in its path; undefined where nothing
 * is. Of patterns that fit, those with the fewest parameters count: `/uploads/resumable` is no upload's id.
 */
export function methodsAt(
  routes: readonly RouteEntry[],
  path: string,
): { readonly methods: readonly string[]; readonly params: Readonly<Record<string, string>> } | undefined {
  const fitting = routes.flatMap((route) => {
    const params = route.match(path);
    return params ? [{ ...route, params, count: Object.keys(params).length }] : [];
  });
  const fewest = Math.min(...fitting.map(({ count }) => count));
  const closest = fitting.filter(({ count }) => count === fewest);
  const [first] = closest;
  if (!first) return undefined;
  const methods = new Set(['OPTIONS', ...closest.flatMap((route) => route.methods)]);
  if (methods.has('GET')) methods.add('HEAD');
  return { methods: ORDER.filter((method) => methods.has(method)), params: first.params };
}
