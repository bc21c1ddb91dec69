import type { Collection } from '../api.ts';
import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { openCorrection } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';

/** With the texts that it needs: most cards are read without it. */
const History = fetchedPart<{ layer: string; id: number }>(
  () => import('./record-history.tsx').then(({ RecordHistory }) => RecordHistory),
  () => null,
);

/** From the card of a record: what became of it, and correcting it. Nothing of the base map is corrected here. */
export function RecordLinks({ collection: { id: layer, azalai }, id }: { collection: Collection; id: number }) {
  if (offlineSince() !== null || azalai.group === 'base') return null;
  return (
    <div class="record-links">
      <History layer={layer} id={id} />
      <button type="button" class="link-button" onClick={() => openCorrection({ layer, id })}>
        {t('card.correct')}
      </button>
    </div>
  );
}
