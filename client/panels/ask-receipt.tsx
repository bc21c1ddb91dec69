import { useSignal } from '@preact/signals';
import type { ProcessResult } from '../api/processes.ts';
import { saveFile } from '../charts/save-file.ts';
import { t } from '../i18n/text.ts';
import { askAgain } from '../state/ask.ts';
import { putAway } from '../state.ts';

const SHOWN_MS = 2_500;

/** How an answer is checked, asked again, handed on and put away. */
export function AskReceipt({ answer, name }: { answer: ProcessResult; name: string }) {
  const copied = useSignal<'receipt' | 'link' | 'failed' | null>(null);
  const copy = async (what: 'receipt' | 'link', text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = what;
    } catch {
      copied.value = 'failed';
    }
    setTimeout(() => {
      copied.value = null;
    }, SHOWN_MS);
  };
  return (
    <div class="panel-part ask-buttons">
      <button
        type="button"
        class="button"
        onClick={() => saveFile(`${name}.json`, 'application/json', JSON.stringify(answer, null, 2))}
      >
        {t('ask.download')}
      </button>
      <button
        type="button"
        class="button"
        onClick={() => void copy('receipt', JSON.stringify(answer.receipt, null, 2))}
      >
        {t('ask.copyReceipt')}
      </button>
      <button type="button" class="button" onClick={() => void copy('link', location.href)}>
        {t('ask.copyLink')}
      </button>
      <button type="button" class="button" onClick={() => void askAgain(answer)}>
        {t('ask.again')}
      </button>
      <button type="button" class="button" onClick={putAway}>
        {t('ask.putAway')}
      </button>
      <p class="quiet ask-hash" role="status">
        {copied.value === null
          ? t('ask.receipt', { hash: answer.receipt.hash.slice(0, 16) })
          : t(copied.value === 'failed' ? 'ask.notCopied' : 'ask.copied')}
      </p>
    </div>
  );
}
