import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/text.ts';
import * as store from '../state/correct-form.ts';
import { ChangeList } from './change-list.tsx';
import { faultText } from './correct-field.tsx';
import { publish } from './send-correction.ts';

/** What a correction comes to, before it is sent. */
export function CorrectPlan({ layer }: { layer: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const plan = store.plan.value;
  if (!plan) return null;
  const isSame = plan.differs.length === 0;
  return (
    <section class="panel-part correct-plan">
      <h3 tabIndex={-1} ref={heading}>
        {t('correct.plan')}
      </h3>
      {plan.change === 'withdrawn' && <p>{t('correct.withdrawHelp')}</p>}
      {isSame ? (
        <p>{t('correct.nothing')}</p>
      ) : (
        <ChangeList layer={layer} change={plan.change} changes={plan.differs} />
      )}
      {plan.issues.map((issue) => (
        <p key={issue.code} class="correct-warning">
          {faultText(issue)}
        </p>
      ))}
      <p class="quiet">
        {t('history.by', { reason: store.reason.value, author: t(`correct.author.${store.author.value}`) })}
      </p>
      <div class="panel-buttons">
        <button type="button" class="button is-main" disabled={isSame} onClick={() => void publish()}>
          {t(plan.change === 'withdrawn' ? 'correct.publishWithdrawal' : 'correct.publish')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            store.plan.value = null;
          }}
        >
          {t('correct.back')}
        </button>
      </div>
    </section>
  );
}
