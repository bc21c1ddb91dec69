import { foundPlace, sought } from '../state/search.ts';
import type { AddressPart } from './part.ts';

const LONGEST = 60;

/** What was found, marked: `pin=16.77350/-3.00740/Timbuktu`, latitude first as elsewhere in the address. */
export const pinPart: AddressPart = {
  key: 'pin',
  isUndoable: false,
  print: () => {
    const { value: place } = foundPlace;
    return place
      ? `${place.lat.toFixed(5)}/${place.lon.toFixed(5)}/${place.name.slice(0, LONGEST).replaceAll('/', ' ')}`
      : undefined;
  },
  read: (text) => {
    if (text === pinPart.print()) return;
    const [lat = '', lon = '', name = ''] = (text ?? '').split('/');
    const [y, x] = [Number.parseFloat(lat), Number.parseFloat(lon)];
    const isPlace = Math.abs(y) <= 85 && Math.abs(x) <= 180;
    foundPlace.value = isPlace ? { lon: x, lat: y, name: name.slice(0, LONGEST) } : null;
  },
};

/** The record that was opened: `rec=mines/12`. */
export const recordPart: AddressPart = {
  key: 'rec',
  isUndoable: false,
  print: () => (sought.value ? `${sought.value.layer}/${sought.value.id}` : undefined),
  read: (text) => {
    if (text === recordPart.print()) return;
    const [, layer, id] = /^([a-z][a-z0-9_]{0,47})\/(\d{1,15})$/.exec(text ?? '') ?? [];
    sought.value = layer === undefined ? null : { layer, id: Number(id) };
  },
};
