import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { StoredView, ViewDraft } from '../../core/view.ts';

/** What names a view: see `HashedView` and `StoredView`. */
export function hashView({ address, layers }: ViewDraft): Pick<StoredView, 'id' | 'hash'> {
  const hash = createHash('sha256').update(canonicalJson({ address, layers })).digest();
  return { id: hash.toString('base64url').slice(0, 16), hash: hash.toString('hex') };
}
