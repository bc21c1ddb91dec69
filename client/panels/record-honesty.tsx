import type { Collection } from '../api.ts';
import { local, t } from '../i18n/text.ts';

/** What must not be taken for more than it is. */
export function Honesty({
  confidence,
  handling,
  collection: { azalai },
}: {
  confidence: string | null;
  handling: string | null;
  collection: Collection;
}) {
  const isModelled = confidence === 'modelled' || azalai.nature === 'modelled';
  const words = azalai.fields.find(({ name }) => name === 'handling')?.values;
  const field = words?.find(({ value }) => value === handling);
  return (
    <>
      {isModelled && <p class="card-honest">{t('card.modelled')}</p>}
      {!isModelled && confidence === 'approximate' && <p class="card-honest">{t('card.approximate')}</p>}
      {handling !== null && handling !== 'public' && (
        <p class="card-honest">{t('card.withheld', { handling: field ? local(field.title) : handling })}</p>
      )}
    </>
  );
}
