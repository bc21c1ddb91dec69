import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type Random, seeded } from '../random.ts';

const SEED = 20261121;
const DAY_MS = 86_400_000;
const KINDS = ['ied', 'indirect_fire', 'small_arms', 'complex', 'other'];
const PLACES = [
  'Tombouctou',
  'Gao',
  'Ménaka',
  'Kidal',
  'Mopti',
  'Ségou',
  'Ansongo',
  'Douentza',
  'Niafunké',
  'Taoudénit',
];

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const pick = <T>(random: Random, list: readonly T[]) => list[Math.floor(list.length * random())] as T;
const dayOf = (random: Random) =>
  new Date(Date.UTC(2014, 0, 1) + Math.floor(3652 * random()) * DAY_MS).toISOString().slice(0, 10);

/** Writes a FeatureCollection of features, until there is no next one; resolves to their number. */
async function writeCollection(file: string, next: (index: number) => object | null): Promise<number> {
  const stream = createWriteStream(file);
  stream.write('{"type":"FeatureCollection","features":[\n');
  let index = 0;
  for (let feature = next(0); feature; feature = next(index)) {
    if (!stream.write(`${index === 0 ? '' : ',\n'}${JSON.stringify(feature)}`)) await once(stream, 'drain');
    index += 1;
  }
  stream.end('\n]}\n');
  await once(stream, 'close');
  return index;
}

/** Invented incidents with 12 properties, about 380 bytes each, among 60 towns. */
export function makePoints(file: string, count: number): Promise<number> {
  const random = seeded(SEED);
  const towns = Array.from({ length: 60 }, () => [-11 + 14 * random(), 11.5 + 8 * random()] as const);
  return writeCollection(file, (index) => {
    if (index === count) return null;
    const [lon, lat] = pick(random, towns);
    const round = (value: number) => Math.round(value * 1e6) / 1e6;
    return {
      type: 'Feature',
      id: index + 1,
      geometry: { type: 'Point', coordinates: [round(lon + 0.3 * normal(random)), round(lat + 0.3 * normal(random))] },
      properties: {
        event_id: `E${index + 1}`,
        kind: pick(random, KINDS),
        event_date: dayOf(random),
        actor: `Actor ${Math.floor(40 * random())}`,
        target: `Target ${Math.floor(12 * random())}`,
        place: pick(random, PLACES),
        killed: Math.floor(6 * random() ** 2),
        injured: Math.floor(9 * random() ** 2),
        weight: round(random()),
        verified: random() < 0.5,
        reference: `report-${1000 + (index % 9000)}/page-${index % 300}`,
        note: `An invented incident for measuring, number ${index + 1}.`,
      },
    };
  });
}

/** Invented areas of 400 vertices, about 10 KB each; each lies in a cell of its own, so none crosses itself. */
export function makePolygons(file: string, count: number): Promise<number> {
  const random = seeded(SEED + 1);
  const side = Math.ceil(Math.sqrt(count));
  return writeCollection(file, (index) => {
    if (index === count) return null;
    const [west, south] = [-12 + (16 * (index % side)) / side, 10 + (14 * Math.floor(index / side)) / side];
    const radius = 6 / side;
    const ring = Array.from({ length: 400 }, (_, vertex) => {
      const angle = (2 * Math.PI * vertex) / 400;
      const far = radius * (0.6 + 0.4 * random());
      return [west + radius + far * Math.cos(angle), south + radius + far * Math.sin(angle)];
    });
    ring.push(ring[0] as number[]);
    return {
      type: 'Feature',
      id: index + 1,
      geometry: { type: 'Polygon', coordinates: [ring] },
      properties: {
        area_id: `A${index + 1}`,
        actor: `Actor ${index % 40}`,
        since: dayOf(random),
        strength: Math.floor(900 * random()),
      },
    };
  });
}
