import type { Field } from '../../../../server/core/layer.ts';

/** The layer that generated filters are about, here and against PostgreSQL. */

const field = (name: string, type: Field['type']): Field => ({
  name,
  type,
  title: { en: name, fr: name },
  tile: false,
});

export const LAYER = {
  fields: [
    field('kind', 'string'),
    field('place', 'string'),
    field('killed', 'integer'),
    field('injured', 'integer'),
    field('share', 'number'),
    field('claimed', 'boolean'),
    field('seen', 'date'),
    field('heard', 'datetime'),
    field('commodities', 'strings'),
    field('wanted', 'strings'),
  ],
};

export const WORDS = ['', 'a', 'b', 'ab', 'aB', 'Éb', 'eB', 'a%', 'a_b', 'a\\b', "a'b", 'ß', 'SS', '𞤀', '￮'];
export const DAYS = ['2012-01-01', '2013-01-11', '2022-03-27', '2022-12-31'];
export const INSTANTS = [
  '2013-01-11T00:00:00Z',
  '2013-01-11T12:30:00.5Z',
  '2022-03-27T00:00:00Z',
  '2022-12-31T23:59:59Z',
];
