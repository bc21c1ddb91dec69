import { local } from '../i18n/text.ts';
import { collections } from '../state.ts';

/** Kinds and holders in the words and colours that the layers have for them. */

/** For those that no layer knows; told apart also without colour vision. */
const OTHERS = ['#1b6580', '#c2570c', '#6b4c9a', '#8a8f2a', '#9a3b5f', '#55616b'];

/** Collections that know kinds of events; those that know holders of ground. */
const knowing = (isActor: boolean) =>
  collections.value.filter(({ azalai }) =>
    isActor ? azalai.fields.some(({ name }) => name === 'actor') : azalai.role === 'events',
  );

function entryOf(value: string, isActor: boolean) {
  for (const { azalai } of knowing(isActor)) {
    const found = azalai.legend.find((entry) => entry.value === value && 'color' in entry.swatch);
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

const other = (value: string) => {
  const sum = [...value].reduce((all, letter) => all + letter.charCodeAt(0), 0);
  return OTHERS[sum % OTHERS.length] as string;
};

export const kindColor = (kind: string, kinds: readonly string[]): string =>
  entryOf(kind, false)?.color ?? (OTHERS[kinds.indexOf(kind) % OTHERS.length] as string);
export const kindText = (kind: string): string => {
  const known = entryOf(kind, false);
  return known ? local(known.label) : titleOf(kind, false);
};
export const actorColor = (actor: string): string => entryOf(actor, true)?.color ?? other(actor);
export const actorText = (actor: string): string => titleOf(actor, true);
