/**
 * A question to each process over the layers that come with the server, which leaves to it what can be left: the receipt must
 * say what was taken. A new process has one too.
 */
export const QUESTIONS: Readonly<Record<string, Record<string, unknown>>> = {
  corridor: { line: { collection: 'corridors', item: 1 }, within_km: 75 },
  proximity: { from: 'attacks', to: 'camps', within_km: 100, place: { admin: 'Gao' } },
  summary: { step: 'year' },
  crossings: {},
  exposure: {},
  trace: {},
  corroborate: {},
  route: { ways: [{ collection: 'corridors', item: 4 }, ['Gao', 'Kidal']] },
  timeline: { place: { admin: 'Mopti' }, compare: ['2013-06-01', '2022-06-01'] },
  change: { weeks: 104 },
  density: { place: { admin: 'Mopti' } },
  clusters: { events: 'attacks_modelled', eps_km: 50, min_points: 6 },
  coverage: { step: 'year' },
  association: { to: 'corridors', imprecise: 'include', samples: 5_000, permutations: 99 },
  'near-repeat': { distances_km: [0, 10, 50, 100], days: [0, 31, 62], permutations: 99 },
  hotspots: { place: { admin: 'Mopti' } },
  trend: { step: 'year', events: 'attacks_modelled', units: 'regions' },
  'emerging-hotspots': { events: 'attacks_modelled', step: 'quarter', place: { admin: 'Mopti' } },
};
