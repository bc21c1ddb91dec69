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
