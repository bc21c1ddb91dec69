import { useEffect, useRef } from 'preact/hooks';
import type { DigestEntry, Watch } from '../../server/core/watch.ts';
import { instantText } from '../i18n/dates.ts';
import { local, t } from '../i18n/text.ts';
import { digest, isNews, markSeen, seenUntil } from '../state/watches.ts';
import { watchPanel } from '../state.ts';
import { showQuestion } from './show-question.ts';
import { WatchFigures } from './watch-figures.tsx';
import { WatchRecords } from './watch-records.tsx';

/** What changed, the newest first. What is new stays marked until the panel is closed. */
export function WatchDigest({ watches }: { watches: readonly Watch[] }) {
  const seen = useRef(seenUntil.peek());
  useEffect(markSeen, [digest.value]);
  return (
    <section class="panel-part" aria-label={t('watch.digest')}>
      <h3>{t('watch.digest')}</h3>
      {digest.value.length === 0 ? (
        <p class="quiet">{t('watch.nothing')}</p>
      ) : (
        <ol class="watch-entries">
          {digest.value.map((entry) => (
            <Entry
              key={entry.id}
              entry={entry}
              isNew={isNews(entry, seen.current)}
              watch={watches.find(({ id }) => id === entry.watch)}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function Entry({ entry, isNew, watch }: { entry: DigestEntry; isNew: boolean; watch: Watch | undefined }) {
  const { id, title, at, kind, content } = entry;
  const item = useRef<HTMLLIElement>(null);
  const isWanted = watchPanel.value === id;
  useEffect(() => {
    if (isWanted) item.current?.scrollIntoView({ block: 'start' });
  }, [isWanted]);
  const hasMore = content !== null && (content.figures.length > 0 || content.records.length > 0);
  return (
    <li ref={item} class={`watch-entry is-${kind}${isNew ? ' is-new' : ''}${isWanted ? ' is-wanted' : ''}`}>
      <p class="watch-entry-head">
        <strong>{title}</strong>
        <span class={`tag is-${kind}`}>{t(`watch.kind.${kind}`)}</span>
        {isNew && <span class="tag is-new">{t('watch.new')}</span>}
      </p>
      <p class="quiet">
        <time dateTime={at}>{instantText(at)}</time>
      </p>
      <p class={content ? 'watch-summary' : 'quiet'}>{content ? local(content.summary) : t('watch.takenBack')}</p>
      {content && hasMore && (
        <details class="watch-details" open={isWanted}>
          <summary>{t('watch.details')}</summary>
          <WatchFigures figures={content.figures} more={content.moreFigures} />
          {content.records.map((records) => (
            <WatchRecords key={records.collection} records={records} />
          ))}
          {content.before && (
            <>
              <h4>{t('watch.answerBefore')}</h4>
              <p class="watch-answer">{local(content.before)}</p>
            </>
          )}
          {content.after && (
            <>
              <h4>{t('watch.answerNow')}</h4>
              <p class="watch-answer">{local(content.after)}</p>
            </>
          )}
        </details>
      )}
      {watch && (
        <button type="button" class="link-button" onClick={() => showQuestion(watch)}>
          {t('watch.open')}
        </button>
      )}
    </li>
  );
}
