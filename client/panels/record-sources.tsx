import type { Collection } from '../api.ts';
import { t } from '../i18n/text.ts';
import { citations } from './citations.ts';

/** Where a record is written, passage by passage. */
export function Sources({
  collection,
  source,
  locator,
  isModelled,
}: {
  collection: Collection;
  source: string | null;
  locator: string | null;
  isModelled: boolean;
}) {
  const titles = new Map(collection.azalai.sources.map((entry) => [entry.key, entry]));
  return (
    <div class="sources">
      <p class="sources-head">{t('records.source')}</p>
      {isModelled && <p>{t('records.generated')}</p>}
      <ul>
        {citations(source ?? '', locator ?? '').map(({ key, locator }) => {
          const entry = titles.get(key);
          return (
            <li key={`${key}${locator}`}>
              {entry?.url ? <a href={entry.url}>{entry.title}</a> : <cite>{entry?.title ?? key}</cite>}
              {locator && <span class="locator"> {locator}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
