import { useSignal } from '@preact/signals';
import { t } from '../i18n/text.ts';
import { takeToken } from '../token.ts';
import { TokenForm } from './token-form.tsx';

/** Asks for the token that a panel takes, and says when it is wrong. The panel imports i18n/token-texts.ts. */
export function EnterToken() {
  const isWrong = useSignal(false);
  return (
    <>
      {isWrong.value && (
        <p class="panel-problem" role="alert">
          {t('token.wrong')}
        </p>
      )}
      <TokenForm
        enter={async (text) => {
          isWrong.value = false;
          await takeToken(text).catch(() => {
            isWrong.value = true;
          });
        }}
      />
    </>
  );
}
