import type { Localized } from '../../server/core/layer.ts';
import type { ProcessResult } from '../api/processes.ts';
import { type Piece, toPieces } from './along-path.ts';

/** What an answer says of lines, by chainage. Pure. */

export interface StripBin {
  readonly fromKm: number;
  readonly toKm: number;
  readonly events: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** Events per 100 km and month, with the exact interval; absent outside the study area. */
  readonly rate?: readonly [value: number, lower: number, upper: number];
}

export interface StripStretch {
  readonly fromKm: number;
  readonly toKm: number;
  /** Who is recorded there; none: nobody. */
  readonly actors: readonly string[];
  readonly state: string;
}

export interface StripMark {
  readonly km: number;
  /** `border`, `river`, or the collection of a record. */
  readonly kind: string;
  readonly name: string;
  readonly collection: string;
  readonly item: number;
  /** From the line. */
  readonly distanceKm?: number;
}

export interface Strip {
  readonly id: string;
  /** Of which of several lines it is. */
  readonly title: Localized | null;
  readonly lengthKm: number;
  /** None: the answer counts no events. */
  readonly bins: readonly StripBin[];
  readonly stretches: readonly StripStretch[];
  readonly marks: readonly StripMark[];
  readonly pieces: readonly Piece[];
}

/** The kinds of events in any bin, in the order of text. */
export const kindsOf = (bins: readonly StripBin[]) =>
  [...new Set(bins.flatMap(({ kinds }) => Object.keys(kinds)))].sort();

type Properties = Readonly<Record<string, unknown>>;
type Found = ProcessResult['features'][string]['features'][number];

const rows = (value: unknown): readonly Properties[] => (Array.isArray(value) ? value : []);
const inside = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Properties)[name] : undefined;

/** What a line has by its bins, of `corridor` and of each way of `route`. */
function binsOf(numbers: unknown): StripBin[] {
  return rows(inside(numbers, 'strip')).map((bin) => ({
    fromKm: Number(bin.from_km),
    toKm: Number(bin.to_km),
    events: Number(bin.count ?? 0),
    kinds: (bin.by_kind ?? {}) as Record<string, number>,
    ...(bin.rate !== undefined && {
      rate: [Number(bin.rate), Number(bin.rate_lower), Number(bin.rate_upper)] as const,
    }),
  }));
}

const toStretch = (properties: Properties): StripStretch => ({
  fromKm: Number(properties.from_km),
  toKm: Number(properties.to_km),
  actors: Array.isArray(properties.actors) ? properties.actors.map(String) : [],
  state: String(properties.state ?? ''),
});

function marksOf(
  crossings: readonly Found[],
  records: readonly Found[],
  isEvent: (collection: string) => boolean,
): StripMark[] {
  const one = ({ properties }: Found, kind: string, distance?: unknown): StripMark => ({
    km: Number(properties?.chainage_km),
    kind,
    name: String(properties?.name ?? properties?.record ?? ''),
    collection: String(properties?.collection),
    item: Number(properties?.item),
    ...(typeof distance === 'number' && { distanceKm: distance }),
  });
  return [
    ...crossings.map((each) => one(each, String(each.properties?.crossed ?? 'border'))),
    ...records
      .filter(({ properties }) => !isEvent(String(properties?.collection)))
      .map((each) => one(each, String(each.properties?.collection), each.properties?.distance_km)),
  ].sort((a, b) => a.km - b.km);
}

/** The strips of an answer: one per line; none of an answer that is of no line. */
export function stripsOf(result: ProcessResult): Strip[] {
  const { numbers, features, receipt } = result;
  const of = (part: string, is: (properties: Properties) => boolean = () => true) =>
    (features[part]?.features ?? []).filter(({ properties }) => is(properties ?? {}));
  const events = new Set(rows(receipt.inputs.events).map(String));
  const isEvent = (collection: string) => events.has(collection);
  const measured = (
    id: string,
    title: Localized | null,
    measures: unknown,
    is: (properties: Properties) => boolean,
  ): Strip => ({
    id,
    title,
    lengthKm: Number(inside(measures, 'length_km')),
    bins: binsOf(measures),
    stretches: rows(inside(inside(measures, 'control'), 'stretches')).map(toStretch),
    marks: marksOf(of('crossings', is), of('records', is), isEvent),
    pieces: toPieces(of('strip', is)),
  });
  if (result.process === 'corridor') return [measured('line', null, numbers, () => true)];
  if (result.process === 'route') {
    return rows(numbers.ways).map(({ way, title, measures }) =>
      measured(`way-${way}`, title as Localized, measures, (properties) => properties.way === way),
    );
  }
  return result.process === 'crossings' ? ofCrossings(of('stretches')) : [];
}

/** Of each corridor and day the ground that it crosses. */
function ofCrossings(stretches: readonly Found[]): Strip[] {
  const byLine = new Map<string, Found[]>();
  for (const each of stretches) {
    const { collection, item, at } = each.properties ?? {};
    const key = [collection, item, at].join('/');
    byLine.set(key, [...(byLine.get(key) ?? []), each]);
  }
  return [...byLine].map(([id, of]) => {
    const { record, item, at } = of[0]?.properties ?? {};
    const name = `${record ?? item} (${String(at).slice(0, 10)})`;
    return {
      ...{ id, title: { en: name, fr: name }, bins: [], marks: [] },
      lengthKm: Math.max(...of.map(({ properties }) => Number(properties?.to_km))),
      stretches: of.map(({ properties }) => toStretch(properties ?? {})).sort((a, b) => a.fromKm - b.fromKm),
      pieces: toPieces(of),
    };
  });
}
