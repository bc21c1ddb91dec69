import { Router } from 'express';
import { DatabaseUnavailable } from '../../core/errors.ts';
import { sql, toQuery } from '../../query/sql.ts';
import type { Context } from '../context.ts';

/** `/healthz`: the process answers. `/readyz`: the database answers and the catalogue has layers. */
export function healthRoutes(context: Context): Router {
  const router = Router();

  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });

  router.get('/readyz', async (_request, response) => {
    await context.run(toQuery(sql`SELECT 1`));
    const { layers } = context.catalogue();
    if (layers.length === 0) throw new DatabaseUnavailable('The catalogue has no layers yet.');
    response.set('Cache-Control', 'no-store').json({ status: 'ok', collections: layers.length });
  });

  return router;
}
