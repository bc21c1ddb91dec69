/** A question that is filled in by what its fields are called, and asked. */
export interface AskedPicture {
  /** The process, and the name of the file. */
  readonly process: string;
  /** What a field is called, and what is put into it; of a window the first and the last day. */
  readonly fields: Readonly<Record<string, string | readonly [string, string]>>;
  /** The window of the map, so that its clock says what is asked. */
  readonly time: string;
  /** Layers under the answer; otherwise of the base map only, so that the answer is seen. */
  readonly layers?: string;
}

/** The questions of docs/statistics.md, as its text has them. */
export const ASKED: readonly AskedPicture[] = [
  {
    process: 'hotspots',
    time: '2022-01-01/2023-12-31',
    fields: { Events: 'attacks_modelled', When: ['2022-01-01', '2023-12-31'] },
  },
  {
    process: 'emerging-hotspots',
    time: '2014-01-01/2022-12-31',
    fields: { Events: 'attacks_modelled', 'Step of time': 'quarter', When: ['2014-01-01', '2022-12-31'] },
  },
  {
    process: 'trend',
    time: '2014-01-01/2022-12-31',
    fields: { Events: 'attacks_modelled', Units: 'regions', When: ['2014-01-01', '2022-12-31'] },
  },
  {
    process: 'change',
    time: '2014-01-01/2021-12-31',
    fields: {
      Events: 'attacks_modelled',
      Units: 'regions',
      'Earlier period': ['2014-01-01', '2017-12-31'],
      'Later period': ['2018-01-01', '2021-12-31'],
    },
  },
  {
    process: 'coverage',
    time: '2012-01-01/2022-12-31',
    fields: { Events: 'attacks', Units: 'regions', When: ['2012-01-01', '2022-12-31'] },
  },
  {
    process: 'near-repeat',
    time: '2014-01-01/2022-12-31',
    fields: {
      Events: 'attacks_modelled',
      'Edges of the distance bands, km': '[0, 50, 100]',
      'Edges of the time bands, days': '[0, 7, 14, 28]',
    },
  },
  {
    process: 'association',
    time: '../..',
    layers: 'countries,corridors,places',
    fields: { 'To the records of': 'corridors', 'Within, km': '[50, 100]' },
  },
  { process: 'density', time: '../..', fields: { Events: 'attacks' } },
  {
    process: 'clusters',
    time: '2014-01-01/2022-12-31',
    fields: {
      Events: 'attacks_modelled',
      'Neighbours within, km': '50',
      'Neighbours within, days': '14',
      'Fewest neighbours': '8',
    },
  },
];

/** What follows the address of the map. */
export const addressOf = ({ process, time, layers = 'countries,places' }: AskedPicture): string =>
  `#lang=en&layers=${layers}&time=${time}&ask=${process}`;
