import type { Localized } from '../../core/layer.ts';
import { GROUND_STATES, type GroundState } from '../ground.ts';
import type { Way } from './measure-ways.ts';
import type { Numbers } from './numbers.ts';

type Measures = Way['measures'];

interface Row {
  readonly measure: string;
  readonly title: Localized;
  readonly unit: string;
  readonly of: (measures: Measures) => number | undefined;
}

const row = (measure: string, unit: string, en: string, fr: string, of: Row['of']): Row => ({
  ...{ measure, unit, of },
  title: { en, fr },
});

const GROUND: Readonly<Record<GroundState, Localized>> = {
  held: { en: 'Held by one actor', fr: 'Tenu par un acteur' },
  contested: { en: 'Contested', fr: 'Contesté' },
  influence: { en: 'Under the influence of one actor', fr: 'Sous l’influence d’un acteur' },
  overlap: { en: 'Recorded for several actors', fr: 'Attribué à plusieurs acteurs' },
  'not recorded': { en: 'Nobody recorded to hold it', fr: 'Sans détenteur enregistré' },
};

const PER_MONTH = '1/100 km/month';
const crossed = (kind: 'border' | 'river') => (measures: Measures) =>
  measures.crossings.filter((crossing) => crossing.kind === kind).length;

const BEFORE: readonly Row[] = [
  row('length', 'km', 'Length', 'Longueur', ({ length_km }) => length_km),
  row(
    'outside_study_area',
    'km',
    'Outside the study area',
    'Hors de la zone d’étude',
    (each) => each.outside_study_area_km,
  ),
  row('events', '1', 'Events', 'Événements', ({ events }) => events.count),
  row(
    'rate',
    PER_MONTH,
    'Events per 100 km and month',
    'Événements par 100 km et par mois',
    ({ events }) => events.rate,
  ),
  row('rate_lower', PER_MONTH, 'Rate, lower bound', 'Taux, borne inférieure', ({ events }) => events.rate_lower),
  row('rate_upper', PER_MONTH, 'Rate, upper bound', 'Taux, borne supérieure', ({ events }) => events.rate_upper),
];

const AFTER: readonly Row[] = [
  ...GROUND_STATES.map((state) =>
    row(`ground: ${state}`, 'km', GROUND[state].en, GROUND[state].fr, ({ control }) =>
      control ? (control.by_state[state] ?? 0) : undefined,
    ),
  ),
  row('borders', '1', 'Borders crossed', 'Frontières franchies', crossed('border')),
  row('rivers', '1', 'Rivers crossed', 'Cours d’eau franchis', crossed('river')),
];

/** What differs from question to question: sums of measures of the events, and records of each collection. */
function named(ways: readonly Way[]): Row[] {
  const sums = new Set(ways.flatMap(({ measures }) => Object.keys(measures.events.sums)));
  const found = ways[0]?.measured.found ?? [];
  const fields = found.flatMap(({ layer }) => layer.fields);
  return [
    ...[...sums].sort().map((name) => {
      const { en, fr } = fields.find((field) => field.name === name)?.title ?? { en: name, fr: name };
      return row(`sum: ${name}`, '1', en, fr, ({ events }) => events.sums[name] ?? 0);
    }),
    ...found.map(({ layer: { id, title } }) =>
      row(
        `collection: ${id}`,
        '1',
        title.en,
        title.fr,
        ({ collections }) => collections.find(({ collection }) => collection === id)?.count,
      ),
    ),
  ];
}

/** The measures of the ways side by side; rows that no way has are left out. */
export function toTable(ways: readonly Way[]): Numbers['table'] {
  return [...BEFORE, ...named(ways), ...AFTER]
    .map(({ of, ...each }) => ({
      ...each,
      values: ways.flatMap(({ way, measures }) => {
        const value = of(measures);
        return value === undefined ? [] : [{ way, value }];
      }),
    }))
    .filter(({ values }) => values.length > 0);
}
