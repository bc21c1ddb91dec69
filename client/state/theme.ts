import { computed, effect, signal } from '@preact/signals';
import type { LegendEntry } from '../../server/core/legend.ts';
import { legendOnGround } from '../../server/core/style/on-dark.ts';
import type { Theme } from '../../server/core/theme.ts';
import type { Collection } from '../api.ts';
import { keepSetting, keptSetting } from './kept-setting.ts';

/** What the reader has chosen: light, dark, or as the system has it. */
export type ThemeChoice = 'system' | 'light' | 'dark';
export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];
export const isThemeChoice = (text: string | null): text is ThemeChoice =>
  THEME_CHOICES.some((choice) => choice === text);

const SETTING = 'theme';

function keptChoice(): ThemeChoice {
  const kept = keptSetting(SETTING);
  return isThemeChoice(kept) ? kept : 'system';
}

const kept = signal<ThemeChoice>(keptChoice());
/** A link may ask for a theme: it holds until the reader chooses one here, and is not kept. Read at once, or the page would flash. */
const linked = new URLSearchParams(location.hash.replace(/^#/, '')).get('theme');
export const askedTheme = signal<ThemeChoice | null>(isThemeChoice(linked) ? linked : null);
export const themeChoice = computed(() => askedTheme.value ?? kept.value);

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const isSystemDark = signal(systemDark.matches);
systemDark.addEventListener('change', ({ matches }) => {
  isSystemDark.value = matches;
});

/** As the page is drawn now. */
export const theme = computed<Theme>(() => {
  const choice = themeChoice.value;
  if (choice === 'system') return isSystemDark.value ? 'dark' : 'light';
  return choice;
});

export function chooseTheme(choice: ThemeChoice): void {
  askedTheme.value = null;
  kept.value = choice;
  keepSetting(SETTING, choice);
}

/** The stylesheet reads it: css/base.css. */
effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

/** The legend of a layer as the map is drawn now. Reads the theme. */
export function themedLegend({
  legend,
  group,
}: Pick<Collection['azalai'], 'legend' | 'group'>): readonly LegendEntry[] {
  return legendOnGround(legend, theme.value, group);
}
