import { dayText } from '../i18n/dates.ts';
import { local, t } from '../i18n/text.ts';
import { offlineSince, opensWith } from '../offline.ts';
import { isPresenting } from '../state/brief.ts';
import { copyFacts } from '../state/copy.ts';
import { briefPanel, failedSources, language } from '../state.ts';
import { Note } from './note.tsx';

const DAY = 86_400_000;

/** "today", "3 days ago": in the reader's words. A clock that is behind the export's makes it no younger than today. */
function ageText(since: string): string {
  const days = Math.max(0, Math.floor((Date.now() - Date.parse(since)) / DAY));
  return new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' }).format(-days, 'day');
}

/** The brief that the copy was made of. */
const briefOfCopy = () => new URLSearchParams(opensWith()?.slice(1)).get('brief')?.split('/')[0];

/** Leads back into it, for whoever has left it. */
function PresentButton({ id }: { id: string }) {
  const present = () => {
    briefPanel.value = id;
    isPresenting.value = true;
  };
  return (
    <button type="button" class="button" onClick={present}>
      {t('offline.present')}
    </button>
  );
}

/**
 * Always there when no server stands behind the page: how old the data is, which layers could not come along, and what most
 * likely keeps it from being read.
 */
export function OfflineNote() {
  const since = offlineSince();
  if (since === null) return null;
  const { leftOut = [], notPublic = 0 } = copyFacts.value ?? {};
  const id = briefOfCopy();
  return (
    <Note kind="state" name="offline-note" actions={id && <PresentButton id={id} />}>
      <p>
        <strong>{t('offline.title')}</strong> {t('offline.note', { date: dayText(since), age: ageText(since) })}
        {failedSources.value.size > 0 && ` ${t('offline.ranges')}`}
      </p>
      {leftOut.length > 0 && <p>{t('offline.leftOut', { titles: leftOut.map(local).join(', ') })}</p>}
      {notPublic > 0 && <p>{t('offline.notPublic', { count: notPublic })}</p>}
    </Note>
  );
}
