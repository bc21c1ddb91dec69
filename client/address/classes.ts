import { hiddenClasses } from '../state/layers.ts';
import type { AddressPart } from './part.ts';

/** The signs that stand between classes here, as values may have them too. */
const encoded = (key: string) => key.replaceAll(/[%:,]/g, encodeURIComponent);

const print = () =>
  [...hiddenClasses.value].map(([id, classes]) => [id, ...[...classes].map(encoded)].join(':')).join(',');

/** Classes that are off, with their field: `off=attacks:kind/ied:kind/other,corridors:drawn/flow`. */
export const classesPart: AddressPart = {
  key: 'off',
  isUndoable: true,
  print: () => print() || undefined,
  read: (text) => {
    if ((text ?? '') === print()) return;
    hiddenClasses.value = new Map(
      (text ?? '').split(',').flatMap((entry): [string, ReadonlySet<string>][] => {
        const [id = '', ...keys] = entry.split(':');
        const classes = keys.map(decoded).filter((key) => key.includes('/'));
        return id === '' || classes.length === 0 ? [] : [[id, new Set(classes)]];
      }),
    );
  },
};

/** What a link cut short cannot say is left out. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
