import { t } from '../i18n/text.ts';
import { token } from '../token.ts';
import { TokenForm } from './token-form.tsx';

interface Question {
  readonly generation: number;
  readonly isWorking: boolean;
  /** Tries a token. */
  readonly enter: (text: string) => Promise<void>;
  readonly restore: () => void;
  readonly leave: () => void;
}

/** Whether a version is to be brought back, and what that means; before that the token, which it takes. */
export function RestoreQuestion({ generation, isWorking, enter, restore, leave }: Question) {
  if (token.value === '') return <TokenForm enter={enter} />;
  return (
    <div class="versions-sure">
      <p>{t('versions.sure', { generation })}</p>
      <p class="panel-buttons">
        <button type="button" class="button is-main" disabled={isWorking} onClick={restore}>
          {t('versions.yes', { generation })}
        </button>
        <button type="button" class="button" onClick={leave}>
          {t('versions.no')}
        </button>
      </p>
    </div>
  );
}
