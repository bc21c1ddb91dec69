import { questionOf } from '../../../server/http/items/item-params.ts';
import { printCursor } from '../../../server/query/cursor.ts';
import { AREAS, INCIDENTS } from '../layers.ts';
import { seeded } from '../random.ts';

export const PAGE = 1_000;
const SEED = 20261121;

/** A page of items, as an address of ours and as conditions of SQL. */
export interface Question {
  /** Behind the public address of the server. */
  readonly path: string;
  readonly table: string;
  readonly where: string;
}

export type QuestionClass = 'points' | 'filtered' | 'polygons';
export type Questions = Readonly<Record<QuestionClass, readonly Question[]>>;

/** As the server writes it in the link to the page after the record `fid`. */
function pageAfter(collection: string, query: string, fid: number): string {
  const address = `/collections/${collection}/items?limit=${PAGE}${query}`;
  const cursor = printCursor(
    { generation: 1, direction: 'next', fid, values: [] },
    questionOf(address, { id: collection }),
  );
  return `${address}&cursor=${cursor}`;
}

/**
 * Pages drawn by chance, the same in every run: of all points by their number; of points of one kind in a box of two
 * degrees; and the polygons, all 400 on a page.
 */
export function drawQuestions(points: number, count: number): Questions {
  const random = seeded(SEED);
  const many = <T>(make: () => T) => Array.from({ length: count }, make);
  const table = `layer."${INCIDENTS.id}_1"`;
  return {
    points: many(() => {
      const after = Math.floor((points - PAGE) * random());
      return { path: pageAfter(INCIDENTS.id, '', after), table, where: `fid > ${after}` };
    }),
    filtered: many(() => {
      const [west, south] = [Math.round(-100 * (9 - 10 * random())) / 100, Math.round(100 * (12 + 5 * random())) / 100];
      const box = [west, south, west + 2, south + 2] as const;
      return {
        path: `/collections/${INCIDENTS.id}/items?limit=${PAGE}&bbox=${box.join()}&kind=ied`,
        table,
        where: `geom && ST_MakeEnvelope(${box.join()}, 4326) AND kind = 'ied'`,
      };
    }),
    polygons: [0, 1, 2, 3].map((after) => ({
      path: pageAfter(AREAS.id, '', after),
      table: `layer."${AREAS.id}_1"`,
      where: `fid > ${after}`,
    })),
  };
}
