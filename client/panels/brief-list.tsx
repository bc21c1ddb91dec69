import { getBriefs } from '../api/briefs.ts';
import { dayText } from '../i18n/dates.ts';
import { LANGUAGE_NAMES, plural, t } from '../i18n/text.ts';
import { NEW } from '../state/brief-draft.ts';
import { openBriefs } from '../state.ts';
import { token } from '../token.ts';
import { writes } from './save-brief.ts';
import { useFetched } from './use-fetched.ts';

/** All briefs that the reader may see, what was changed last first. */
export function BriefList() {
  const answer = useFetched(getBriefs, `${token.value === ''}/${writes.value}`);
  return (
    <>
      <div class="panel-part">
        <p class="quiet">{t('brief.intro')}</p>
        <button type="button" class="button is-main" onClick={() => openBriefs(NEW)}>
          {t('brief.new')}
        </button>
      </div>
      <div class="panel-part">
        {answer.state === 'loading' && <p class="quiet">{t('records.loading')}</p>}
        {answer.state === 'failed' && (
          <p role="alert">
            {t('brief.failed')}{' '}
            <button type="button" class="button" onClick={answer.retry}>
              {t('app.retry')}
            </button>
          </p>
        )}
        {answer.state === 'ready' && answer.value.length === 0 && (
          <p class="quiet">{t(token.value === '' ? 'brief.nonePublic' : 'brief.none')}</p>
        )}
        {answer.state === 'ready' && (
          <ul class="brief-list">
            {answer.value.map(({ id, title, views, updatedAt, handling, language }) => (
              <li key={id}>
                <button type="button" class="brief-entry" onClick={() => openBriefs(id)}>
                  <strong lang={language}>{title}</strong>
                  <span class="quiet">
                    {[
                      plural('brief.views', views),
                      t('brief.changedOn', { date: dayText(updatedAt) }),
                      LANGUAGE_NAMES.find(({ code }) => code === language)?.name,
                    ].join(' · ')}
                  </span>
                  <span class={`tag${handling === 'public' ? ' is-documented' : ' is-modelled'}`}>
                    {t(`brief.${handling}`)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
