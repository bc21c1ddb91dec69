import path from 'node:path';
import compression from 'compression';
import express, { type Express, type Request } from 'express';
import expressStaticGzip from 'express-static-gzip';
import helmet from 'helmet';
import { CONTENT_SECURITY_POLICY } from '../core/content-security-policy.ts';
import { knowCaller } from './access.ts';
import type { Context } from './context.ts';
import { freshCatalogue } from './fresh-catalogue.ts';
import type { TileAnswers } from './hot/answers.ts';
import { requestLog } from './log.ts';
import { MethodNotAllowed, NoSuchResource, problemHandler } from './problem.ts';
import { archiveRoutes } from './routes/archive.ts';
import { collectionRoutes } from './routes/collections.ts';
import { healthRoutes } from './routes/health.ts';
import { hexRoutes } from './routes/hexes.ts';
import { landingRoutes } from './routes/landing.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { seriesRoutes } from './routes/series.ts';
import { styleRoutes } from './routes/style.ts';
import { tileRoutes } from './routes/tiles.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { versionRoutes } from './routes/versions.ts';
import { endBody } from './uploads/end-body.ts';

const READ_METHODS = 'GET, HEAD';
/** What takes more than reading; its own routes say which methods. */
const CHANGEABLE = /^\/(uploads(\/|$)|collections\/[^/]+\/versions\/\d+\/restore$)/;

/** Everything but the tiles that `hot/handler.ts` answers: requests in, responses out; it neither listens nor opens. */
export function createApp(context: Context, answers: TileAnswers): Express {
  const app = express();
  app.disable('x-powered-by');
  // Parameters are read by `params.ts`; what Express would make of the query string is not used.
  app.set('query parser', false);
  app.use(requestLog(context.log, context.metrics));
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
      // Other people's maps may show these tiles; without HTTPS in this process there is nothing to be strict about.
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      strictTransportSecurity: false,
    }),
  );
  app.use(compression({ filter: isCompressible }));
  app.use((request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    if (!CHANGEABLE.test(request.path)) throw new MethodNotAllowed(request.method, READ_METHODS);
    endBody(request, response, next);
  });

  app.use(healthRoutes(context));
  app.use(metricsRoutes(context));
  app.use(landingRoutes(context));
  app.use(['/style.json', '/tiles', '/hexes', '/collections'], freshCatalogue(context), knowCaller(context));
  app.use(styleRoutes(context));
  app.use(archiveRoutes(context));
  app.use(tileRoutes(context, answers));
  app.use(seriesRoutes(context));
  app.use(hexRoutes(context, answers));
  app.use(versionRoutes(context));
  app.use(collectionRoutes(context));
  app.use(uploadRoutes(context));

  // Names under /assets carry a hash of their content; fonts and sprites keep their names and are asked for again.
  const files = { index: false, redirect: false } as const;
  // Packed when the page was built, for clients that take Brotli.
  app.use(
    '/assets',
    expressStaticGzip(path.join(context.clientFolder, 'assets'), {
      enableBrotli: true,
      orderPreference: ['br'],
      index: false,
      serveStatic: { ...files, immutable: true, maxAge: '1y' },
    }),
  );
  app.use(express.static(context.clientFolder, { ...files, maxAge: '1h' }));

  app.use((request) => {
    throw new NoSuchResource(
      `Nothing is served at ${request.path.slice(0, 200)}. The collections are at /collections.`,
    );
  });
  app.use(problemHandler(context.log));
  return app;
}

function isCompressible(_request: Request, response: { getHeader(name: string): unknown }): boolean {
  return /json|text|javascript|svg/.test(String(response.getHeader('Content-Type')));
}
