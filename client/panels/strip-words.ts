import { PALETTE } from '../../server/core/palette.ts';
import { markOnGround } from '../../server/core/style/on-dark.ts';
import { local } from '../i18n/text.ts';
import { theme, themedLegend } from '../state/theme.ts';
import { collections } from '../state.ts';

/** Kinds and holders in the words and colours that the layers have for them. */

/** For those that no layer knows. */
const otherColor = (at: number): string => markOnGround(PALETTE[at % PALETTE.length] as string, theme.value);

/** Collections that know kinds of events; those that know holders of ground. */
const knowing = (isActor: boolean) =>
  collections.value.filter(({ azalai }) =>
    isActor ? azalai.fields.some(({ name }) => name === 'actor') : azalai.role === 'events',
  );

function entryOf(value: string, isActor: boolean) {
  for (const { azalai } of knowing(isActor)) {
    const found = themedLegend(azalai).find((entry) => entry.value === value && 'color' in entry.swatch);
    if (found) return { color: (found.swatch as { color: string }).color, label: found.label };
  }
  return undefined;
}

function titleOf(value: string, isActor: boolean): string {
  for (const { azalai } of knowing(isActor)) {
    for (const { values } of azalai.fields) {
      const found = values?.find((each) => each.value === value);
      if (found) return local(found.title);
    }
  }
  return value.replaceAll('_', ' ');
}

const other = (value: string) => otherColor([...value].reduce((all, letter) => all + letter.charCodeAt(0), 0));

export const kindColor = (kind: string, kinds: readonly string[]): string =>
  entryOf(kind, false)?.color ?? otherColor(kinds.indexOf(kind));
export const kindText = (kind: string): string => {
  const known = entryOf(kind, false);
  return known ? local(known.label) : titleOf(kind, false);
};
export const actorColor = (actor: string): string => entryOf(actor, true)?.color ?? other(actor);
export const actorText = (actor: string): string => titleOf(actor, true);
