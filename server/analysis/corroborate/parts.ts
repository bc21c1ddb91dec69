import type { Feature } from 'geojson';
import type { Field } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import { straightLine } from '../straight-line.ts';
import type { Compared } from './compare.ts';
import type { Report } from './reports.ts';
import { eventOf, killedOf, lowestScores } from './to-numbers.ts';

const EVENT_FIELDS: readonly Field[] = [
  field('event', 'integer', 'Event', 'Événement'),
  inTiles(field('reports', 'integer', 'Reports', 'Signalements')),
  field('records', 'strings', 'Records', 'Fiches'),
  field('sources', 'strings', 'Sources', 'Sources'),
  field('first_day', 'date', 'First day', 'Premier jour'),
  field('last_day', 'date', 'Last day', 'Dernier jour'),
  field('kind', 'string', 'Kind, by the most precise report', 'Nature, d’après le signalement le plus précis'),
  field('killed_at_least', 'integer', 'Killed, at least', 'Tués, au moins'),
  field('killed_at_most', 'integer', 'Killed, at most', 'Tués, au plus'),
  field('within_m', 'integer', 'Most precise position within', 'Position la plus précise à', 'm'),
  field('lowest_score', 'number', 'Lowest score', 'Score le plus bas'),
];

const LINK_FIELDS: readonly Field[] = [
  field('event', 'integer', 'Event', 'Événement'),
  field('a_record', 'string', 'One record', 'Une fiche'),
  field('b_record', 'string', 'The other record', 'L’autre fiche'),
  inTiles(field('score', 'number', 'Score', 'Score')),
  field('place_score', 'number', 'Score of the place', 'Score du lieu'),
  field('time_score', 'number', 'Score of the time', 'Score de la date'),
  field('kind_score', 'number', 'Score of the kind', 'Score de la nature'),
  field('casualties_score', 'number', 'Score of the casualties', 'Score des victimes'),
  field('distance_km', 'number', 'Distance', 'Distance', 'km'),
];

const nameOf = ({ collection, record_id }: Report) => `${collection}: ${record_id}`;
const isoDay = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Of known days the least or the greatest, as a date. */
function dayOf(days: readonly (number | null)[], pick: (...days: number[]) => number): string | null {
  const known = days.filter((day) => day !== null);
  return known.length === 0 ? null : isoDay(pick(...known));
}

function toEvents(compared: Compared): Feature[] {
  const lowest = lowestScores(compared, eventOf(compared));
  return compared.events.map((members, index) => {
    const own = members.map((member) => compared.reports[member]) as [Report, ...Report[]];
    const [best] = own;
    const killed = killedOf(own);
    const score = lowest.get(index + 1);
    return {
      type: 'Feature',
      id: index + 1,
      geometry: { type: 'Point', coordinates: [best.lon, best.lat] },
      properties: {
        event: index + 1,
        reports: own.length,
        records: own.map(nameOf),
        sources: [...new Set(own.flatMap(({ sources }) => sources))].sort(),
        first_day: dayOf(
          own.map(({ first_day }) => first_day),
          Math.min,
        ),
        last_day: dayOf(
          own.map(({ last_day }) => last_day),
          Math.max,
        ),
        kind: best.kind,
        killed_at_least: killed?.[0] ?? null,
        killed_at_most: killed?.[1] ?? null,
        within_m: Math.round(best.precision_m),
        lowest_score: score === undefined ? null : toQuantity(score, 4),
      },
    };
  });
}

function toLinks(compared: Compared): Feature[] {
  const numberOf = eventOf(compared);
  return compared.suggested
    .filter(({ pair, metres }) => numberOf[pair[0]] === numberOf[pair[1]] && metres > 0)
    .map(({ pair, ...one }, index) => {
      const [a, b] = pair.map((each) => compared.reports[each]) as [Report, Report];
      return {
        type: 'Feature',
        id: index + 1,
        geometry: straightLine([a.lon, a.lat], [b.lon, b.lat]),
        properties: {
          event: numberOf[pair[0]],
          a_record: nameOf(a),
          b_record: nameOf(b),
          score: toQuantity(one.score, 4),
          place_score: toQuantity(one.place, 4),
          time_score: toQuantity(one.time, 4),
          kind_score: toQuantity(one.kind, 4),
          casualties_score: toQuantity(one.casualties, 4),
          distance_km: toQuantity(one.metres / 1_000),
        },
      };
    });
}

/** Every event, where its most precise report has it; and lines between the reports that are linked by score. */
export const toParts = (compared: Compared): readonly Part[] => [
  {
    id: 'events',
    title: { en: 'Events, each once', fr: 'Événements, comptés une fois' },
    geometry: 'point',
    fields: EVENT_FIELDS,
    features: toEvents(compared),
  },
  {
    id: 'links',
    title: { en: 'Reports that may be of one event', fr: 'Signalements d’un même événement possible' },
    geometry: 'line',
    fields: LINK_FIELDS,
    features: toLinks(compared),
  },
];
