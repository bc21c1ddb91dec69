import { opacities } from '../state/layers.ts';
import type { AddressPart } from './part.ts';

const ENTRY = /^([a-z][a-z0-9_]{0,47})\.(\d{1,2})$/;

const print = () => [...opacities.value].map(([id, opacity]) => `${id}.${Math.round(opacity * 100)}`).join(',');

/** Layers that are seen through, in hundredths: `opacity=attacks.40`. */
export const opacityPart: AddressPart = {
  key: 'opacity',
  isUndoable: true,
  print: () => print() || undefined,
  read: (text) => {
    if ((text ?? '') === print()) return;
    opacities.value = new Map(
      (text ?? '').split(',').flatMap((entry): [string, number][] => {
        const [, id, hundredths] = ENTRY.exec(entry) ?? [];
        return id === undefined ? [] : [[id, Number(hundredths) / 100]];
      }),
    );
  },
};
