import { isMeasuring, measured } from '../state/measure.ts';
import type { AddressPart } from './part.ts';

/** An address has room for so many; who measures more draws it again. */
const MOST = 200;

/** What is measured: `ruler=way:-3.0074,16.7735;-0.0447,16.2717`, longitude first. */
export const measurePart: AddressPart = {
  key: 'ruler',
  isUndoable: true,
  print: () => {
    const { value } = measured;
    if (!value || value.positions.length < 2) return undefined;
    const places = value.positions.slice(0, MOST).map((place) => place.map((part) => +part.toFixed(5)).join(','));
    return `${value.kind}:${places.join(';')}`;
  },
  read: (text) => {
    if ((text ?? undefined) === measurePart.print()) return;
    const [, kind, list = ''] = /^(way|area):([-\d.,;]+)$/.exec(text ?? '') ?? [];
    const positions = list.split(';').map((place) => place.split(',').map(Number));
    const isPlace = ([lon = Number.NaN, lat = Number.NaN, ...rest]: readonly number[]) =>
      Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && rest.length === 0;
    const isSound = kind !== undefined && positions.length >= 2 && positions.every(isPlace);
    measured.value = isSound ? { kind: kind as 'way' | 'area', positions } : null;
    if (isSound) isMeasuring.value = true;
  },
};
