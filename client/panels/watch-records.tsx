import type { RecordAt, RecordChanges } from '../../server/core/watch.ts';
import { recordsSentence } from '../../server/core/watch-words.ts';
import { count, local, t } from '../i18n/text.ts';
import { journey, openRecord } from '../state/search.ts';
import { collectionById, language, visible } from '../state.ts';

/** As near as a town fills the map. */
const TOWN_ZOOM = 10;
const KINDS = ['added', 'removed', 'changed'] as const;

/** Records of a collection that came, went or changed, by their numbers; those that are there can be shown. */
export function WatchRecords({ records }: { records: RecordChanges }) {
  return (
    <>
      <h4>{recordsSentence(records, language.value)}</h4>
      <dl class="watch-records">
        {KINDS.filter((kind) => records.items[kind].length > 0).map((kind) => {
          const rest = records.counts[kind] - records.items[kind].length;
          return (
            <div key={kind}>
              <dt>{t(`watch.${kind}`)}</dt>
              <dd>
                {records.items[kind].map((record) => (
                  <Numbered key={record[0]} records={records} record={record} isThere={kind !== 'removed'} />
                ))}
                {rest > 0 && <span class="quiet">{t('watch.more', { count: count(rest) })}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

function Numbered({ records, record, isThere }: { records: RecordChanges; record: RecordAt; isThere: boolean }) {
  const { collection, title } = records;
  const [id, lon, lat] = record;
  if (!isThere || !collectionById.value.has(collection)) return <span class="watch-number">{id}</span>;
  const show = () => {
    if (!visible.peek().has(collection)) visible.value = new Set([...visible.peek(), collection]);
    journey.value = { lon, lat, zoom: TOWN_ZOOM };
    openRecord({ layer: collection, id }, { lon, lat });
  };
  return (
    <button
      type="button"
      class="link-button watch-number"
      aria-label={t('watch.record', { number: id, layer: local(title) })}
      onClick={show}
    >
      {id}
    </button>
  );
}
