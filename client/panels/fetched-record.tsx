import { asOf } from '../api/known-at.ts';
import { getRecord } from '../api.ts';
import { t } from '../i18n/text.ts';
import { collectionById } from '../state.ts';
import { FetchFailed } from './fetch-failed.tsx';
import { RecordCard } from './record.tsx';
import { useDisc } from './use-disc.ts';
import { useFetched } from './use-fetched.ts';

/** The card of a record of a layer, when it has come. */
export function FetchedRecord({ layer, id }: { layer: string; id: number }) {
  const collection = collectionById.value.get(layer);
  // A correction makes another version of the layer.
  const key = `${layer}/${id}/${collection?.azalai.generation}/${asOf.value}`;
  const answer = useFetched((signal) => getRecord(layer, id, signal), key);
  useDisc(layer, id, answer.state === 'ready' ? answer.value : null);
  if (!collection) return null;
  if (answer.state === 'failed') return <FetchFailed retry={answer.retry} />;
  if (answer.state === 'loading') return <p class="card quiet">{t('records.loading')}</p>;
  return <RecordCard collection={collection} record={answer.value} />;
}
