import type { Brief } from '../../server/core/brief.ts';
import type { Catalogue } from '../../server/core/catalogue.ts';
import { createBrief } from '../../server/jobs/briefs/write-brief.ts';
import type { TestDatabase } from './database.ts';

/** What the third view leaves: of corridors those of fuel, and of modelled attacks those with dead. */
export const COPIED_FILTER = JSON.stringify({ corridors: "commodity = 'fuel'", attacks_modelled: 'killed > 0' });

/** Around Gao, hexagons in a year; farther east, all years; the same narrowed by filters, as it was known then. */
export const COPIED_VIEWS = [
  '#map=7.00/16.2870/-0.0440&layers=hubs,corridors,attacks_modelled,countries&time=2019-01-01/2019-12-31&lang=fr',
  '#map=6.00/15.5000/0.5000&layers=hubs,corridors,countries&time=2012-01-01/2023-12-31&lang=fr',
  `#map=6.00/15.5000/0.5000&layers=corridors,attacks_modelled,countries&time=../..&lang=fr&filter=${encodeURIComponent(COPIED_FILTER)}&asof=2026-11-22T06%3A00%3A00.000Z`,
] as const;

/** What a view says of an address: the versions of the layers that it shows. */
export function viewOf(catalogue: Catalogue, address: string) {
  const ids = /layers=([^&]*)/.exec(address)?.[1]?.split(',') ?? [];
  return { address, layers: Object.fromEntries(ids.map((id) => [id, catalogue.get(id).generation])) };
}

/** A French brief of three views, to be copied. */
export function briefToCopy(
  database: Pick<TestDatabase, 'transaction'>,
  catalogue: Catalogue,
  handling: Brief['handling'] = 'public',
): Promise<Brief> {
  const [gao, east, fuel] = COPIED_VIEWS;
  return createBrief(database.transaction, {
    ...{ title: 'Les couloirs de Gao', language: 'fr', handling },
    views: [
      { title: 'Autour de Gao', note: 'Première note.', view: viewOf(catalogue, gao) },
      { title: 'Vers l’est', note: 'Deuxième note.', view: viewOf(catalogue, east) },
      { title: 'Le carburant', note: '', view: viewOf(catalogue, fuel) },
    ],
  });
}
