import { useSignal } from '@preact/signals';
import { getCellRecords, getCells, getNextPage, type HexagonCell, type RecordPage } from '../api.ts';
import { count, local, t } from '../i18n/text.ts';
import { edgeKm } from '../map/hexagon-size.ts';
import { offlineSince } from '../offline.ts';
import { filterOf } from '../state/filters.ts';
import { themedLegend } from '../state/theme.ts';
import { collectionById, type Pick, spot } from '../state.ts';
import { FetchFailed } from './fetch-failed.tsx';
import { LegendSwatch } from './legend.tsx';
import { RecordCard } from './record.tsx';
import { useFetchedInWindow } from './use-fetched-in-window.ts';

/** Records of a hexagon that are fetched at a time. */
const PAGE = 10;

const KM_PER_DEGREE = 111.32;

/** A box that holds any cell of the resolution that contains the spot: west, south, east, north. */
function boxAround(lon: number, lat: number, resolution: number): number[] {
  const degrees = (2.5 * edgeKm(resolution)) / KM_PER_DEGREE;
  const wide = degrees / Math.cos((lat * Math.PI) / 180);
  return [
    Math.max(-180, lon - wide),
    Math.max(-85, lat - degrees),
    Math.min(180, lon + wide),
    Math.min(85, lat + degrees),
  ];
}

/** A hexagon: how many records, of what kinds, their sums, whether they are modelled, and the records themselves. */
export function HexagonCard({ pick }: { pick: Extract<Pick, { type: 'hexagon' }> }) {
  const collection = collectionById.value.get(pick.layer);
  const at = spot.value;
  const filter = filterOf(pick.layer);
  const key = JSON.stringify([pick.layer, pick.cell, filter, collection?.azalai.generation]);
  // The map knows the count only; sums and kinds of the window are the server's.
  const cell = useFetchedInWindow(async (window, signal): Promise<HexagonCell | undefined> => {
    if (!at) return undefined;
    const box = boxAround(at.lon, at.lat, pick.resolution);
    const cells = await getCells(pick.layer, pick.resolution, box, window, signal, filter);
    return cells.find((candidate) => candidate.cell === pick.cell);
  }, key);
  const first = useFetchedInWindow(
    (window, signal) => getCellRecords(pick.layer, pick.cell, window, PAGE, signal, filter),
    key,
  );
  if (!collection) return null;
  const { azalai } = collection;
  const kindField = azalai.fields.find(({ name }) => name === azalai.kind);
  const titleOfKind = (value: string) => {
    const known = kindField?.values?.find((candidate) => candidate.value === value);
    return known ? local(known.title) : value;
  };
  const titleOfField = (name: string) =>
    local(azalai.fields.find((field) => field.name === name)?.title ?? { en: name, fr: name });
  const swatch = themedLegend(azalai).find((entry) => entry.swatch.type === 'hexagon')?.swatch;
  const isModelled = azalai.nature === 'modelled';
  return (
    <article class="card">
      <p class="card-layer">
        {swatch && <LegendSwatch swatch={swatch} />}
        {local(azalai.title)}
      </p>
      <h3>{t(pick.count === 1 ? 'hexagon.countOne' : 'hexagon.count', { count: count(pick.count) })}</h3>
      {isModelled && (
        <p class="card-when">
          <span class="tag is-modelled">{t('nature.modelled')}</span>
          <span>{t('hexagon.modelled')}</span>
        </p>
      )}
      {cell.state === 'ready' && cell.value && (
        <>
          <dl class="facts">
            {azalai.measures.map((measure) => (
              <div key={measure}>
                <dt>{titleOfField(measure)}</dt>
                <dd>{count(Number(cell.value?.[measure] ?? 0))}</dd>
              </div>
            ))}
          </dl>
          <Kinds kinds={cell.value.kinds ?? {}} total={pick.count} titleOf={titleOfKind} />
        </>
      )}
      {offlineSince() !== null && <p class="quiet">{t('offline.hexagon')}</p>}
      {first.state === 'failed' && offlineSince() === null && <FetchFailed retry={first.retry} />}
      {first.state !== 'failed' && (
        <details>
          <summary>{t('records.inside')}</summary>
          {first.state === 'ready' ? (
            <CellRecords layer={pick.layer} first={first.value} />
          ) : (
            <p class="quiet">{t('records.loading')}</p>
          )}
        </details>
      )}
    </article>
  );
}

/** Shares as bars with their numbers: a list that reads without seeing them. */
function Kinds({
  kinds,
  total,
  titleOf,
}: {
  kinds: Readonly<Record<string, number>>;
  total: number;
  titleOf: (value: string) => string;
}) {
  const sorted = Object.entries(kinds).sort(([, a], [, b]) => b - a);
  return (
    <ul class="kinds">
      {sorted.map(([kind, number]) => (
        <li key={kind}>
          <span>{titleOf(kind)}</span>
          <span class="kind-bar" aria-hidden="true">
            <span style={{ width: `${Math.min(100, (number / Math.max(1, total)) * 100)}%` }} />
          </span>
          <span class="kind-count">{count(number)}</span>
        </li>
      ))}
    </ul>
  );
}

function CellRecords({ layer, first }: { layer: string; first: RecordPage }) {
  const pages = useSignal<readonly RecordPage[]>([first]);
  const isFailed = useSignal(false);
  const collection = collectionById.value.get(layer);
  const last = pages.value.at(-1) ?? first;
  const shown = pages.value.reduce((sum, page) => sum + page.features.length, 0);
  const rest = (first.numberMatched ?? shown) - shown;
  const more = () => {
    isFailed.value = false;
    getNextPage(last)?.then(
      (page) => {
        pages.value = [...pages.value, page];
      },
      () => {
        isFailed.value = true;
      },
    );
  };
  if (!collection) return null;
  return (
    <>
      {pages.value.flatMap(({ features }) =>
        features.map((record) => <RecordCard key={record.id} collection={collection} record={record} isInList />),
      )}
      {isFailed.value && <FetchFailed retry={more} />}
      {rest > 0 && !isFailed.value && (
        <button type="button" class="button more" onClick={more}>
          {t('records.more', { count: Math.min(PAGE, rest) })}
        </button>
      )}
    </>
  );
}
