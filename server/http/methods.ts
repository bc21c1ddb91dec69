import type { Express, NextFunction, Request, Response } from 'express';
import { FeatureNotFound } from '../core/errors.ts';
import { itemQuery } from '../query/items.ts';
import { callerAccess } from './access.ts';
import type { Context } from './context.ts';
import { parseFeatureId, parseLayerIds, toFilter } from './params.ts';
import { MethodNotAllowed, NoSuchResource } from './problem.ts';
import { findProcess } from './processes/find-process.ts';
import { methodsAt, type RouteEntry, routeTable } from './route-table.ts';

/** Uploads refuse methods by themselves, when they have seen the token, and the tus protocol has its own OPTIONS. */
const REFUSES_ITSELF = /^\/uploads(\/|$)/i;
const SPEAKS_FOR_ITSELF = /^\/uploads\/resumable(\/|$)/i;

const isRead = (method: string) => method === 'GET' || method === 'HEAD';

/**
 * Answers OPTIONS with what a resource takes, and refuses methods that it does not take, both by the routes themselves.
 * `answerOptions` and `refuseChange` stand before the routes; `refuseRead` stands behind them, for what cannot be read.
 * @throws MethodNotAllowed, NoSuchResource, LayerNotFound, FeatureNotFound, TokenRequired
 */
export function methods(app: Express, context: Pick<Context, 'catalogue' | 'run' | 'auth' | 'analysis'>) {
  let routes: readonly RouteEntry[] | undefined;
  const find = (path: string) => {
    routes ??= routeTable(app);
    return methodsAt(routes, path);
  };

  /** Whether what the path names is there, for who asks. */
  async function checkExists(
    { id, ids, featureId, processId }: Readonly<Record<string, string>>,
    request: Request,
  ): Promise<void> {
    const catalogue = context.catalogue();
    if (processId !== undefined) findProcess(context.analysis.processes, processId);
    if (ids !== undefined) parseLayerIds(catalogue, ids);
    if (id === undefined || !/^\/(collections|hexes)\//i.test(request.path)) return;
    const layer = catalogue.get(id);
    if (featureId === undefined) return;
    const access = await callerAccess(context, request.headers);
    const query = itemQuery(layer, toFilter(layer, {}, access), parseFeatureId(layer, featureId));
    const [row] = await context.run(query);
    if (!row) throw new FeatureNotFound(layer.id, featureId);
  }

  function check({ method, path }: Request): void {
    if (REFUSES_ITSELF.test(path)) return;
    const allowed = find(path)?.methods;
    if (allowed && !allowed.includes(method)) throw new MethodNotAllowed(method, allowed.join(', '));
  }

  async function answerOptions(request: Request, response: Response, next: NextFunction): Promise<void> {
    if (request.method !== 'OPTIONS' || SPEAKS_FOR_ITSELF.test(request.path)) {
      next();
      return;
    }
    const found = find(request.path);
    if (!found) throw new NoSuchResource(`Nothing is served at ${request.path.slice(0, 200)}.`);
    // A browser that asks ahead must be let through to read why there is nothing.
    if (request.headers['access-control-request-method'] === undefined) {
      await checkExists(found.params, request);
    }
    response.set('Allow', found.methods.join(', ')).status(204).end();
  }

  function refuseChange(request: Request, _response: Response, next: NextFunction): void {
    if (!isRead(request.method)) check(request);
    next();
  }

  function refuseRead(request: Request, _response: Response, next: NextFunction): void {
    check(request);
    next();
  }

  return { answerOptions, refuseChange, refuseRead };
}
