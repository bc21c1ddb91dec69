import { t } from '../i18n/text.ts';
import { chooseTheme, THEME_CHOICES, themeChoice } from '../state/theme.ts';

const PICTURES = {
  system: 'M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13',
  light:
    'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  dark: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z',
} as const;

/** As the system has it, light, dark: each press goes to the next. */
export function ThemeButton() {
  const choice = themeChoice.value;
  const next = THEME_CHOICES[(THEME_CHOICES.indexOf(choice) + 1) % THEME_CHOICES.length] ?? 'system';
  const label = t('theme.label', { theme: t(`theme.${choice}`), next: t(`theme.${next}`) });
  return (
    <button type="button" class="tool theme-button" aria-label={label} title={label} onClick={() => chooseTheme(next)}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={PICTURES[choice]} />
        {choice === 'system' && <path class="is-half" d="M10 3.5a6.5 6.5 0 0 1 0 13z" />}
      </svg>
    </button>
  );
}
