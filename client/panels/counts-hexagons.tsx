import { useSignal } from '@preact/signals';
import type { Collection } from '../api.ts';
import { saveFile } from '../charts/save-file.ts';
import { toCsv } from '../charts/to-csv.ts';
import { count, plural, t } from '../i18n/text.ts';
import { acrossKm } from '../map/hexagon-size.ts';
import { type HexagonInView, hexagonsInView } from '../map/hexagons-in-view.ts';
import { inView, isBusy, language, spot } from '../state.ts';

/** Rows that are drawn at a time. */
const PAGE = 100;

const share = (part: number) =>
  new Intl.NumberFormat(language.value, { style: 'percent', maximumFractionDigits: 1 }).format(part);

/** Each hexagon of a layer that is in view, with the number that it is drawn with, the fullest first. */
export function CountsHexagons({ collection: { id, azalai } }: { collection: Collection }) {
  const shown = useSignal(PAGE);
  const seen = inView.value.get(id);
  // Where the map is at rest: it says so by what it has counted.
  const hexagons = seen ? hexagonsInView(id, language.value) : [];
  const all = hexagons.reduce((sum, hexagon) => sum + hexagon.count, 0);
  const size = seen?.resolution ?? null;
  if (hexagons.length === 0 || size === null) return <p class="table-empty">{t('counts.noHexagons')}</p>;
  const rest = hexagons.length - shown.value;
  return (
    <>
      <div class="table-body">
        <table class={isBusy.value ? 'is-old' : undefined} aria-busy={isBusy.value}>
          <thead>
            <tr>
              <th scope="col" class="is-number">
                {t('counts.rank')}
              </th>
              <th scope="col" class="is-number">
                {t('counts.count')}
              </th>
              <th scope="col" class="is-number">
                {t('counts.share')}
              </th>
              <th scope="col">{t('counts.near')}</th>
              <th scope="col">{t('counts.middle')}</th>
              <th scope="col">{t('counts.more')}</th>
            </tr>
          </thead>
          <tbody>
            {hexagons.slice(0, shown.value).map((hexagon, at) => (
              <Row key={hexagon.cell} hexagon={hexagon} rank={at + 1} all={all} size={size} />
            ))}
          </tbody>
        </table>
        {rest > 0 && (
          <button
            type="button"
            class="button counts-rest"
            onClick={() => {
              shown.value += PAGE;
            }}
          >
            {t('counts.rest', { count: count(Math.min(PAGE, rest)) })}
          </button>
        )}
      </div>
      <footer class="table-foot">
        <p role="status">
          {t('counts.sum', {
            records: plural(azalai.nature === 'modelled' ? 'inView.modelled' : 'inView.records', all),
            hexagons: count(hexagons.length),
            distance: `${count(acrossKm(size))}\u00a0km`,
          })}
        </p>
        <button type="button" class="link-button" onClick={() => save(id, hexagons)}>
          {t('counts.csv')}
        </button>
      </footer>
    </>
  );
}

function Row({ hexagon, rank, all, size }: { hexagon: HexagonInView; rank: number; all: number; size: number }) {
  const { lat, lon } = hexagon;
  return (
    <tr>
      <td class="is-number">{rank}</td>
      <th scope="row" class="is-number">
        {count(hexagon.count)}
      </th>
      <td class="is-number">{share(hexagon.count / all)}</td>
      <td>{nearText(hexagon, size)}</td>
      <td class="counts-middle">{`${lat.toFixed(2)}, ${lon.toFixed(2)}`.replaceAll('-', '\u2212')}</td>
      <td class="counts-ways">
        <button
          type="button"
          class="link-button"
          aria-label={t('counts.showRow', { rank, count: count(hexagon.count) })}
          onClick={() => {
            spot.value = { lon, lat };
          }}
        >
          {t('counts.show')}
        </button>
      </td>
    </tr>
  );
}

/** A place that lies within the hexagon has no distance from it. */
function nearText({ near }: HexagonInView, size: number): string {
  if (!near) return '';
  if (near.km < acrossKm(size) / 2) return near.place;
  return t('counts.nearKm', { place: near.place, km: count(Math.round(near.km)) });
}

/** As a program reads it: columns in English, numbers with a point, coordinates in degrees of WGS 84. */
function save(layer: string, hexagons: readonly HexagonInView[]): void {
  const columns = ['cell', 'count', 'latitude', 'longitude', 'nearest_place', 'nearest_place_km'];
  const rows = hexagons.map(({ cell, count: number, lat, lon, near }) => [
    ...[cell, number, Number(lat.toFixed(4)), Number(lon.toFixed(4))],
    ...[near?.place, near ? Math.round(near.km) : undefined],
  ]);
  saveFile(`${layer}-hexagons.csv`, 'text/csv;charset=utf-8', toCsv(columns, rows));
}
