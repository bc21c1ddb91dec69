/**
 * No request leaves the origin: whatever the page asks for comes from where it lies. The server says so in a header; a
 * copy of the page for another server says it in itself.
 */
export const CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** As the content of a `<meta>`, which cannot say who may frame the page: https://www.w3.org/TR/CSP3/#meta-element */
export function toMetaPolicy(): string {
  return Object.entries(CONTENT_SECURITY_POLICY)
    .filter(([directive]) => directive !== 'frame-ancestors')
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
}

/**
 * Of a copy in a single file: no network at all, and no script or style but its own two, by their SHA-256 in Base64. The
 * map's worker, and what MapLibre reads of it, come from addresses that the page makes of its own text.
 */
export function toSingleFilePolicy(hashes: { readonly script: string; readonly style: string }): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${hashes.script}'`,
    `style-src 'sha256-${hashes.style}'`,
    ...['worker-src blob:', 'connect-src blob:', 'img-src data: blob:', 'font-src data:'],
    ...["base-uri 'none'", "form-action 'none'"],
  ].join('; ');
}
