import '../css/correct.css';
import '../i18n/correct-texts.ts';
import { useSignal } from '@preact/signals';
import { getHistory, type HistoryEntry } from '../api/changes.ts';
import { instantText } from '../i18n/dates.ts';
import { t } from '../i18n/text.ts';
import { collectionById } from '../state.ts';
import { token } from '../token.ts';
import { ChangeList } from './change-list.tsx';
import { useFetched } from './use-fetched.ts';

/** What became of a record: when, why, from which version to which. Fetched when it is opened. */
export function RecordHistory({ layer, id }: { layer: string; id: number }) {
  const isOpen = useSignal(false);
  return (
    <details
      class="history"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{t('history.title')}</summary>
      {isOpen.value && <Entries layer={layer} id={id} />}
    </details>
  );
}

function Entries({ layer, id }: { layer: string; id: number }) {
  const generation = collectionById.value.get(layer)?.azalai.generation;
  const key = `${layer}/${id}/${generation}/${token.value}`;
  const answer = useFetched((signal) => getHistory(token.value, layer, id, signal), key);
  if (answer.state === 'loading') return <p class="quiet">{t('history.loading')}</p>;
  if (answer.state === 'failed') {
    return (
      <p role="alert">
        {t('history.failed')}{' '}
        <button type="button" class="link-button" onClick={answer.retry}>
          {t('app.retry')}
        </button>
      </p>
    );
  }
  const { entries } = answer.value;
  if (entries.length === 0) return <p class="quiet">{t('history.empty')}</p>;
  return (
    <ol class="history-entries">
      {entries.map((entry) => (
        <Entry key={entry.generation} layer={layer} entry={entry} />
      ))}
    </ol>
  );
}

function Entry({ layer, entry }: { layer: string; entry: HistoryEntry }) {
  const { generation, from, at, change, changes, reason, author, origin } = entry;
  const versions =
    from === null ? t('history.first', { to: generation }) : t('history.versions', { from, to: generation });
  return (
    <li>
      <p>
        <strong>{t(`history.${change}`)}</strong> {t(`history.origin.${origin}`)}
      </p>
      <p class="quiet">
        {instantText(at)} · {versions}
      </p>
      {reason && author && <p>{t('history.by', { reason, author: t(`correct.author.${author}`) })}</p>}
      {change === 'changed' && <ChangeList layer={layer} change={change} changes={changes} />}
    </li>
  );
}
