/** What a request is, as far as it matters here. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  /** Of `Request.mode`: `navigate` where a page is opened. */
  readonly mode: string;
  /** Names of its headers, in small letters. */
  readonly headers: ReadonlySet<string>;
}

/**
 * What is done with a request:
 * - `pass`: nothing, it is the network's;
 * - `shell`: the page itself, from what was kept of this release;
 * - `part`: a file of the page: its name says its content, or it stays the same within a release;
 * - `fixed`: data whose address names its version: kept ones are as good as new ones;
 * - `fresh`: data that is asked for anew, and taken from what was kept where nobody answers.
 */
export type Rule = 'pass' | 'shell' | 'part' | 'fixed' | 'fresh';

const PARTS =
  /^(?:assets|fonts)\/|^(?:sprite(?:@2x)?\.(?:json|png)|first-view\.js|manifest\.webmanifest|icon-\d+\.png)$/;
const DATA =
  /^(?:style\.json|collections|picture\.svg)$|^(?:tiles|hexes|views|briefs)\/|^collections\/[^/]+(?:$|\/(?:items|queryables|schema)(?:$|\/))/;
const VERSIONED = /^(?:tiles|hexes)\//;

/**
 * By the address below `scope`, the folder that the page lies in. What carries a token is never looked at: its answer is for
 * one reader only. Parts of files (Range) are not kept either.
 */
export function ruleFor({ method, url, mode, headers }: Asked, scope: string): Rule {
  if (method !== 'GET' || !url.startsWith(scope) || headers.has('authorization') || headers.has('range')) return 'pass';
  const { pathname, searchParams } = new URL(url);
  const path = pathname.slice(new URL(scope).pathname.length);
  // With a query it is another page: `?f=html` is the list of the interfaces.
  if (mode === 'navigate') return searchParams.size === 0 && (path === '' || path === 'index.html') ? 'shell' : 'pass';
  if (PARTS.test(path)) return 'part';
  if (!DATA.test(path)) return 'pass';
  return VERSIONED.test(path) && searchParams.has('generation') && !searchParams.has('known_at') ? 'fixed' : 'fresh';
}
