import path from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import express, { type Express, type Request } from 'express';
import expressStaticGzip from 'express-static-gzip';
import helmet from 'helmet';
import { CONTENT_SECURITY_POLICY } from '../core/content-security-policy.ts';
import { knowCaller } from './access.ts';
import type { Context } from './context.ts';
import { crossOrigin } from './cross-origin.ts';
import { freshCatalogue } from './fresh-catalogue.ts';
import { checkHost } from './host.ts';
import type { TileAnswers } from './hot/answers.ts';
import { requestLog } from './log.ts';
import { methods } from './methods.ts';
import { keptPictures } from './picture/kept-pictures.ts';
import { NoSuchResource, problemHandler } from './problem.ts';
import { apiRoutes } from './routes/api.ts';
import { archiveRoutes } from './routes/archive.ts';
import { briefRoutes } from './routes/briefs.ts';
import { collectionTileRoutes } from './routes/collection-tiles.ts';
import { collectionRoutes } from './routes/collections.ts';
import { conformanceRoutes } from './routes/conformance.ts';
import { copyRoutes } from './routes/copies.ts';
import { correctionRoutes } from './routes/corrections.ts';
import { exportRoutes } from './routes/export.ts';
import { featureSchemaRoutes } from './routes/feature-schema.ts';
import { healthRoutes } from './routes/health.ts';
import { hexRoutes } from './routes/hexes.ts';
import { itemRoutes } from './routes/items.ts';
import { jobRoutes } from './routes/jobs.ts';
import { landingRoutes } from './routes/landing.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { pageRoutes } from './routes/pages.ts';
import { pdfRoutes } from './routes/pdf.ts';
import { pictureRoutes } from './routes/picture.ts';
import { problemRoutes } from './routes/problems.ts';
import { processRoutes } from './routes/processes.ts';
import { qgisRoutes } from './routes/qgis.ts';
import { queryablesRoutes } from './routes/queryables.ts';
import { searchRoutes } from './routes/search.ts';
import { seriesRoutes } from './routes/series.ts';
import { settingsRoutes } from './routes/settings.ts';
import { styleRoutes } from './routes/style.ts';
import { tileMatrixSetRoutes } from './routes/tile-matrix-sets.ts';
import { tileRoutes } from './routes/tiles.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { versionRoutes } from './routes/versions.ts';
import { viewRoutes } from './routes/views.ts';
import { watchRoutes } from './routes/watches.ts';
import { serviceWorker } from './service-worker.ts';
import { endBody } from './uploads/end-body.ts';

/**
 * Measured on pages of items: 1,000 points (576 kB) and 400 large polygons (9.7 MB). gzip at its usual 6 makes 46 kB in 3 ms and
 * 3.33 MB in 360 ms; at 4, 51 kB in 2 ms and 3.40 MB in 119 ms. Brotli at 3 makes 43 kB in 1.5 ms and 3.51 MB in 127 ms; at 4 it
 * takes longer over both, and the polygons grow.
 */
const PACKING = { level: 4, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } } };

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
  app.use(crossOrigin);
  app.use(checkHost);
  app.use(compression({ filter: isCompressible, ...PACKING }));
  const { answerOptions, refuseChange, refuseRead } = methods(app, context);
  app.use(answerOptions, refuseChange);
  app.use((request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') next();
    else endBody(request, response, next);
  });

  app.use(healthRoutes(context));
  app.use(metricsRoutes(context));
  const pictures = keptPictures(context);
  app.use(landingRoutes(context, pictures));
  app.use(conformanceRoutes(context));
  app.use(tileMatrixSetRoutes(context));
  app.use(pageRoutes());
  app.use(problemRoutes(context));
  app.use(['/api', '/qgis-vector-tiles.xml'], freshCatalogue(context));
  app.use(
    [
      '/style.json',
      '/picture.svg',
      '/picture.html',
      '/tiles',
      '/hexes',
      '/collections',
      '/search',
      '/processes',
      '/jobs',
      '/views',
      '/briefs',
      '/watches',
    ],
    freshCatalogue(context),
    knowCaller(context),
  );
  app.use(apiRoutes(context));
  app.use(styleRoutes(context));
  app.use(pictureRoutes(context, pictures));
  app.use(qgisRoutes(context));
  app.use(archiveRoutes(context));
  app.use(tileRoutes(context, answers));
  app.use(collectionTileRoutes(context, answers));
  app.use(seriesRoutes(context));
  app.use(hexRoutes(context, answers));
  app.use(versionRoutes(context));
  app.use(exportRoutes(context));
  app.use(featureSchemaRoutes(context));
  app.use(collectionRoutes(context));
  app.use(queryablesRoutes(context));
  app.use(settingsRoutes(context));
  app.use(itemRoutes(context));
  app.use(correctionRoutes(context));
  app.use(searchRoutes(context));
  app.use(uploadRoutes(context));
  app.use(processRoutes(context));
  app.use(jobRoutes(context));
  app.use(pdfRoutes(context));
  app.use(copyRoutes(context));
  app.use(viewRoutes(context));
  app.use(briefRoutes(context));
  app.use(watchRoutes(context));

  app.use('/sw.js', serviceWorker(context));
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

  app.use(refuseRead);
  app.use((request) => {
    throw new NoSuchResource(
      `Nothing is served at ${request.path.slice(0, 200)}. The collections are at /collections.`,
    );
  });
  app.use(problemHandler(context.log));
  return app;
}

function isCompressible(_request: Request, response: { getHeader(name: string): unknown }): boolean {
  return /json|text|javascript|svg|xml|x-qgis/.test(String(response.getHeader('Content-Type')));
}
