import { useSignal } from '@preact/signals';
import { local, t } from '../i18n/text.ts';
import { distanceBetween } from '../reading/distance.ts';
import { distanceText, intervalText } from '../reading/distance-text.ts';
import { FARTHEST, type Nearest, nearestOf } from '../reading/nearest.ts';
import { placeOf } from '../reading/place-of.ts';
import { headingOf } from '../reading/record-heading.ts';
import { filterOf } from '../state/filters.ts';
import { openRecord } from '../state/search.ts';
import { collectionById, visible } from '../state.ts';
import { useFetchedInWindow } from './use-fetched-in-window.ts';

interface NearbyProps {
  readonly layer: string;
  readonly lon: number;
  readonly lat: number;
  readonly precision: number | null;
}

/** The nearest record of each other layer that is shown: how far, and within what bounds given how both are placed. */
export function RecordNearby(props: NearbyProps) {
  const isOpen = useSignal(false);
  return (
    <details
      class="card-part"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{t('card.nearby')}</summary>
      {isOpen.value && <List {...props} />}
    </details>
  );
}

function List({ layer, lon, lat, precision }: NearbyProps) {
  const layers = [...visible.value].filter((id) => {
    const group = collectionById.value.get(id)?.azalai.group;
    return id !== layer && group !== undefined && group !== 'base';
  });
  const asked = layers.map((id) => ({
    id,
    filter: filterOf(id),
    generation: collectionById.value.get(id)?.azalai.generation,
  }));
  const answer = useFetchedInWindow(
    async (window, signal) => {
      const found = await Promise.all(asked.map(({ id, filter }) => nearestOf(id, lon, lat, window, signal, filter)));
      return layers.map((id, index) => ({ id, nearest: found[index] ?? null }));
    },
    JSON.stringify([lon, lat, asked]),
  );
  if (answer.state === 'loading') return <p class="quiet">{t('records.loading')}</p>;
  if (answer.state === 'failed') {
    return (
      <p>
        {t('card.failed')}{' '}
        <button type="button" class="link-button" onClick={answer.retry}>
          {t('app.retry')}
        </button>
      </p>
    );
  }
  const isOne = (entry: (typeof answer.value)[number]): entry is { id: string; nearest: Nearest } =>
    entry.nearest !== null && entry.nearest !== 'many';
  const near = answer.value.filter(isOne).toSorted((a, b) => a.nearest.metres - b.nearest.metres);
  const many = answer.value.filter(({ nearest }) => nearest === 'many');
  const titleOf = (id: string) => local(collectionById.value.get(id)?.azalai.title ?? { en: id, fr: id });
  return (
    <>
      {near.length === 0 && <p class="quiet">{t('card.nearbyNone', { distance: distanceText(FARTHEST) })}</p>}
      <ul class="nearby">
        {near.map(({ id, nearest }) => (
          <li key={id}>
            <Near layer={id} {...nearest} own={precision} />
          </li>
        ))}
      </ul>
      {many.length > 0 && (
        <p class="quiet">{t('card.nearbyLeft', { layers: many.map(({ id }) => titleOf(id)).join(', ') })}</p>
      )}
      <p class="card-foot">{t('card.nearbyLayers')}</p>
    </>
  );
}

function Near({ layer, record, metres, own }: Nearest & { layer: string; own: number | null }) {
  const collection = collectionById.value.get(layer);
  const place = record.geometry && placeOf(record.geometry);
  if (!collection || !place) return null;
  const { precision_m: precision } = record.properties;
  const bounds = distanceBetween(metres, [own, typeof precision === 'number' ? precision : null]);
  const [west, south, east, north] = place.box;
  const [lon, lat] = place.point ?? [(west + east) / 2, (south + north) / 2];
  return (
    <>
      <button type="button" class="link-button" onClick={() => openRecord({ layer, id: record.id }, { lon, lat })}>
        {headingOf(collection, record.properties)}
      </button>
      <span class="nearby-layer">{local(collection.azalai.title)}</span>
      <span class="nearby-far">{distanceText(metres)}</span>
      {bounds[0] !== bounds[1] && <span class="nearby-bounds">{intervalText(bounds)}</span>}
    </>
  );
}
