import { asOf } from '../api/known-at.ts';
import { t } from '../i18n/text.ts';
import { sharedView } from '../state/shared-view.ts';

/** From the moment as of which the map is shown to now, and back to that of the view that was opened. `name`: their class. */
export function MomentButtons({ name }: { name: 'button' | 'link-button' }) {
  const [moment, shared] = [asOf.value, sharedView.value];
  const show = (next: string | null) => () => {
    asOf.value = next;
  };
  if (moment !== null) {
    return (
      <button type="button" class={name} onClick={show(null)}>
        {t('past.showNow')}
      </button>
    );
  }
  if (!shared?.isKept) return null;
  return (
    <button type="button" class={name} onClick={show(shared.storedAt)}>
      {t('past.showThen')}
    </button>
  );
}
