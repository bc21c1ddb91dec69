import { dayText } from '../i18n/dates.ts';
import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { failedSources, language } from '../state.ts';
import { Note } from './note.tsx';

const DAY = 86_400_000;

/** "today", "3 days ago": in the reader's words. A clock that is behind the export's makes it no younger than today. */
function ageText(since: string): string {
  const days = Math.max(0, Math.floor((Date.now() - Date.parse(since)) / DAY));
  return new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' }).format(-days, 'day');
}

/** Always there when no server stands behind the page: how old the data is, and what most likely keeps it from being read. */
export function OfflineNote() {
  const since = offlineSince();
  if (since === null) return null;
  return (
    <Note kind="state" name="offline-note">
      <p>
        <strong>{t('offline.title')}</strong> {t('offline.note', { date: dayText(since), age: ageText(since) })}
        {failedSources.value.size > 0 && ` ${t('offline.ranges')}`}
      </p>
    </Note>
  );
}
