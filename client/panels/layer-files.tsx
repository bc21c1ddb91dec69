import { useSignal } from '@preact/signals';
import { narrowing } from '../api/item-pages.ts';
import type { Collection } from '../api.ts';
import { datetimeOf } from '../api.ts';
import { shownBox } from '../ask/shown-box.ts';
import { dayText } from '../i18n/dates.ts';
import { type TextKey, t } from '../i18n/text.ts';
import { filterOf } from '../state/filters.ts';
import { timeWindow, view } from '../state.ts';
import type { TimeWindow } from '../url.ts';
import { DownloadLink } from './download-link.tsx';

const FORMATS = ['geojson', 'geojsonseq', 'csv', 'fgb', 'gpkg'] as const;

/** The layer as files, all of it or what the clock and the map show. */
export function LayerFiles({ collection: { id, azalai } }: { collection: Collection }) {
  const isWindowed = useSignal(true);
  const isFiltered = useSignal(true);
  const isViewed = useSignal(false);
  const window = timeWindow.value;
  const datetime = azalai.time === null ? null : datetimeOf(window);
  const place = view.value;
  if (!azalai.licence.redistribution) return <p>{t('take.closed')}</p>;
  const filter = filterOf(id);
  const narrowed = narrowing({
    filter: isFiltered.value ? filter : null,
    window: datetime !== null && isWindowed.value ? window : null,
    bbox: place && isViewed.value ? (shownBox() ?? null) : null,
  });
  const address = (format: string) => `collections/${id}/export?${[`f=${format}`, ...narrowed].join('&')}`;
  return (
    <details class="take">
      <summary>{t('take.title')}</summary>
      <div class="take-body">
        {datetime !== null && (
          <label>
            <input
              type="checkbox"
              checked={isWindowed.value}
              onChange={({ currentTarget }) => {
                isWindowed.value = currentTarget.checked;
              }}
            />
            <span>{t('take.window', { window: windowText(window) })}</span>
          </label>
        )}
        {filter !== null && (
          <label>
            <input
              type="checkbox"
              checked={isFiltered.value}
              onChange={({ currentTarget }) => {
                isFiltered.value = currentTarget.checked;
              }}
            />
            <span>{t('take.filter')}</span>
          </label>
        )}
        {place && (
          <label>
            <input
              type="checkbox"
              checked={isViewed.value}
              onChange={({ currentTarget }) => {
                isViewed.value = currentTarget.checked;
              }}
            />
            <span>{t('take.view')}</span>
          </label>
        )}
        <ul>
          {FORMATS.map((format) => (
            <li key={format}>
              <DownloadLink href={address(format)} name={`${id}.${format}`}>
                {t(`take.${format}` satisfies TextKey)}
              </DownloadLink>
            </li>
          ))}
          <li>
            <DownloadLink href={`collections/${id}.qlr`} name={`${id}.qlr`}>
              {t('take.qlr')}
            </DownloadLink>
          </li>
        </ul>
      </div>
    </details>
  );
}

function windowText({ from, to }: TimeWindow): string {
  if (from !== null && to !== null) return t('clock.span', { from: dayText(from), to: dayText(to) });
  return from !== null ? t('clock.since', { from: dayText(from) }) : t('clock.until', { to: dayText(to ?? '') });
}
