import path from 'node:path';
import type { RequestHandler } from 'express';
import type { Context } from './context.ts';
import { sendFile } from './send-file.ts';

/** Takes the place of the page's own, forgets all that it kept, and then itself. */
const OFF = `addEventListener('install', (event) => event.waitUntil(skipWaiting()));
addEventListener('activate', (event) => {
  const forget = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('azalai-'));
    await Promise.all(names.map((name) => caches.delete(name)));
    await registration.unregister();
  };
  event.waitUntil(forget());
});
`;

/**
 * The page's service worker, at the one address that it has for ever: browsers look there for the next one. Switched off by
 * the configuration it is one that undoes itself: what a browser has kept once it does not ask for again by itself.
 */
export function serviceWorker({
  serviceWorker,
  clientFolder,
}: Pick<Context, 'serviceWorker' | 'clientFolder'>): RequestHandler {
  const headers = { 'Cache-Control': 'no-cache', 'Content-Type': 'text/javascript; charset=utf-8' };
  return async (request, response, next) => {
    if (request.path !== '/' || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    if (serviceWorker === 'off') response.set(headers).send(OFF);
    else if (!(await sendFile(response, path.resolve(clientFolder), 'sw.js', headers))) next();
  };
}
