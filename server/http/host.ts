import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { InvalidHost } from './problem.ts';

/** A name, an IPv4 address, or an IPv6 address in brackets, and perhaps a port. RFC 3986, 3.2.2, without its oddities. */
const HOST = /^([\w.~-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** Almost every request has the host of the one before. */
let sound: string | undefined;

/** Whether links can be built on what the request calls this server. HTTP/1.0 lets it out. */
export function hasSoundHost({ headers: { host } }: Pick<IncomingMessage, 'headers'>): boolean {
  if (host === undefined || host === sound) return true;
  // Ports above 65535, and addresses such as 1.2.3.999, have the form too.
  if (!HOST.test(host) || !URL.canParse(`http://${host}`)) return false;
  sound = host;
  return true;
}

/** @throws InvalidHost */
export function checkHost(request: Request, _response: Response, next: NextFunction): void {
  if (!hasSoundHost(request)) {
    throw new InvalidHost('The header Host must be the name or address of this server, such as map.example.org:8080.');
  }
  next();
}

/** The target of a request to a proxy, as clients may send it to a server too. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/i;

/**
 * Turns a target such as `http://map.example.org/collections?f=json` into the usual `/collections?f=json`. Its host goes
 * before the header Host. RFC 9112, 3.2.2.
 */
export function toOriginForm(request: IncomingMessage): void {
  const target = request.url as string;
  if (target.startsWith('/')) return;
  const [, host, rest] = ABSOLUTE.exec(target) ?? [];
  if (host === undefined || rest === undefined) return;
  request.headers.host = host;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
}
