/** The local name of the first element, by the first bytes of a file; null where they are no XML, or end before it. */
export function rootOf(head: Uint8Array): string | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 16_384));
  // Enough of UTF-16 to find a name in.
  const text = bytes
    .toString('latin1')
    .replace(/\0/g, '')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
  let at = 0;
  for (;;) {
    const rest = text.slice(at);
    const passed = /^(\s+|<\?[^>]*>|<!--.*?-->|<![^>[]*(\[[^\]]*\])?[^>]*>)/s.exec(rest)?.[0];
    if (passed === undefined) return /^<(?:[\w.-]+:)?([\w.-]+)/.exec(rest)?.[1] ?? null;
    at += passed.length;
  }
}
