import type { ChangedLayer } from '../../server/core/view.ts';
import { count, local, t } from '../i18n/text.ts';

/** What has changed since a view was stored: "Attacks 3 new, 1 changed; Camps is gone". Needs i18n/brief-texts.ts. */
export const changesText = (changed: readonly ChangedLayer[]): string => changed.map(changeText).join('; ');

function changeText({ title, to, counts }: ChangedLayer): string {
  const layer = local(title);
  if (to === null) return t('past.gone', { layer });
  if (counts === null) return t('past.changed', { layer });
  const parts = [
    ...(counts.added > 0 ? [t('past.added', { count: count(counts.added) })] : []),
    ...(counts.changed > 0 ? [t('past.changedNumber', { count: count(counts.changed) })] : []),
    ...(counts.removed > 0 ? [t('past.removed', { count: count(counts.removed) })] : []),
  ];
  return parts.length > 0 ? t('past.counts', { layer, counts: parts.join(', ') }) : t('past.redrawn', { layer });
}
