import { local, t } from '../i18n/text.ts';
import { collections, settings, visible } from '../state.ts';

/** Who is credited for what is shown. */
export function Credits() {
  const shown = collections.value.filter(({ id }) => visible.value.has(id));
  const credits = [...new Set(shown.map(({ azalai }) => local(azalai.attribution)))];
  if (credits.length === 0) return null;
  return <p class="credits">{t('foot.credits', { credits: credits.join(' · ') })}</p>;
}

/** Always there: the disclaimer on boundaries and names. A narrow screen has the credits below the layers. */
export function Foot() {
  return (
    <footer class="foot">
      <p class="disclaimer">{settings.value && local(settings.value.disclaimer)}</p>
      <Credits />
    </footer>
  );
}
