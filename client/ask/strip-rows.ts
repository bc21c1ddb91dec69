import type { Strip } from './strips-of.ts';

/** Of the rows of a strip. */
export const STRIP_COLUMNS = [
  ...['what', 'from_km', 'to_km', 'name', 'events'],
  ...['per_100_km_and_month', 'lower', 'upper', 'collection', 'item'],
] as const;

type Value = string | number | undefined;

/** A strip as a table: its bins with their events, the stretches with who is recorded there, what it crosses and passes. */
export function stripRows({ bins, stretches, marks }: Pick<Strip, 'bins' | 'stretches' | 'marks'>): Value[][] {
  const row = (values: Partial<Record<(typeof STRIP_COLUMNS)[number], Value>>) =>
    STRIP_COLUMNS.map((column) => values[column]);
  return [
    ...bins.map(({ fromKm, toKm, events, rate }) =>
      row({
        ...{ what: 'events', from_km: fromKm, to_km: toKm, events },
        ...(rate && { per_100_km_and_month: rate[0], lower: rate[1], upper: rate[2] }),
      }),
    ),
    ...stretches.map(({ fromKm, toKm, actors, state }) =>
      row({ what: state, from_km: fromKm, to_km: toKm, name: actors.join('; ') }),
    ),
    ...marks.map(({ km, kind, name, collection, item }) =>
      row({ what: kind, from_km: km, to_km: km, name, collection, item }),
    ),
  ];
}
