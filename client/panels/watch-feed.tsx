import '../css/connect.css';
import { useSignal } from '@preact/signals';
import { type Problem, problemOf } from '../api/problem-of.ts';
import { feedAddress } from '../api/watches.ts';
import { t } from '../i18n/text.ts';
import { language } from '../state.ts';
import { token } from '../token.ts';
import { CopyText } from './copy-text.tsx';
import { ProblemWords } from './problem-words.tsx';

/** Where the feed is: shown when it is asked for, since the address opens it. */
export function WatchFeed() {
  const address = useSignal('');
  const isRenewed = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const ask = async (isNew: boolean) => {
    problem.value = null;
    try {
      address.value = await feedAddress(token.peek(), isNew);
      isRenewed.value = isNew;
    } catch (cause) {
      problem.value = problemOf(cause);
    }
  };
  return (
    <section class="panel-part" aria-label={t('watch.feed')}>
      <h3>{t('watch.feed')}</h3>
      <p class="quiet">{t('watch.feedAbout')}</p>
      {address.value !== '' && <CopyText text={`${address.value}${language.value === 'fr' ? '&lang=fr' : ''}`} />}
      <p class={isRenewed.value ? undefined : 'visually-hidden'} role="status">
        {isRenewed.value ? t('watch.feedRenewed') : ''}
      </p>
      {problem.value && (
        <p class="watch-failing" role="alert">
          <ProblemWords problem={problem.value} />
        </p>
      )}
      <button type="button" class="button" onClick={() => void ask(address.value !== '')}>
        {t(address.value === '' ? 'watch.feedShow' : 'watch.feedRenew')}
      </button>
    </section>
  );
}
