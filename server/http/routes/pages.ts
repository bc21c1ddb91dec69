import { Router } from 'express';
import { STYLESHEET, STYLESHEET_PATH } from '../pages/stylesheet.ts';

/** What the pages of the interfaces look like. */
export function pageRoutes(): Router {
  const router = Router();

  router.get(STYLESHEET_PATH, (_request, response) => {
    response.set('Cache-Control', 'public, max-age=3600').type('text/css').send(STYLESHEET);
  });

  return router;
}
