import { useEffect } from 'preact/hooks';
import { isReached } from '../api/reach.ts';
import { dayText } from '../i18n/dates.ts';
import { t } from '../i18n/text.ts';
import { catchUp } from '../map/catch-up.ts';
import { offlineSince } from '../offline.ts';
import { away, hearWorker, keepPage } from '../state/stale.ts';
import { isLoading, language } from '../state.ts';
import { Note } from './note.tsx';

const AGAIN_MS = 10_000;
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** "5 minutes ago", "yesterday": in the reader's words. */
function ageText(since: string): string {
  const age = Math.max(0, Date.now() - Date.parse(since));
  const [size, unit] =
    age < HOUR ? [MINUTE, 'minute' as const] : age < DAY ? [HOUR, 'hour' as const] : [DAY, 'day' as const];
  return new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' }).format(-Math.floor(age / size), unit);
}

/** Keeps the page for when there is no network, says that there is none and how old the data is, and brings it up to date. */
export function StaleNote() {
  const hasServer = offlineSince() === null;
  // The map first: what is kept for later takes of the same link.
  const isAtRest = !isLoading.value;
  useEffect(hearWorker, []);
  useEffect(() => {
    if (hasServer && isAtRest) keepOnce();
  }, [isAtRest]);
  const isAway = away.value !== null;
  const attempt = async () => {
    // It may have been found out meanwhile by another attempt.
    if (!(await isReached()) || away.peek() === null) return;
    away.value = null;
    await catchUp().catch(() => undefined);
  };
  useEffect(() => {
    if (!isAway) return undefined;
    const timer = setInterval(attempt, AGAIN_MS);
    addEventListener('online', attempt);
    return () => {
      clearInterval(timer);
      removeEventListener('online', attempt);
    };
  }, [isAway]);
  if (!away.value) return null;
  const { since } = away.value;
  const kept = since && t('stale.kept', { date: dayText(since), age: ageText(since) });
  return (
    <Note
      kind="problem"
      name="stale-note"
      actions={
        <button type="button" class="button" onClick={() => void attempt()}>
          {t('stale.try')}
        </button>
      }
    >
      <p>
        <strong>{t('stale.title')}</strong> {kept ?? t('stale.nothing')} {t('stale.trying')}
      </p>
    </Note>
  );
}

let isKept = false;
function keepOnce(): void {
  if (!isKept) keepPage();
  isKept = true;
}
