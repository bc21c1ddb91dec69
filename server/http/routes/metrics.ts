import { Router } from 'express';
import { Registry } from 'prom-client';
import type { Context } from '../context.ts';
import { parseParams } from '../params.ts';

/** `/metrics`: what the server measures of itself, in the text format of Prometheus. */
export function metricsRoutes(context: Context): Router {
  const router = Router();

  router.get('/metrics', async (request, response) => {
    parseParams(request.originalUrl, []);
    const text = await context.readMetrics();
    response.set('Cache-Control', 'no-store').set('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE).send(text);
  });

  return router;
}
