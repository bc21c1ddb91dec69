import { gridDisk } from 'h3-js';
import { InvalidParameter } from '../../core/errors.ts';
import type { Neighbours } from '../../stats/neighbours.ts';
import { keptWithin } from './kept-within.ts';
import type { StudyCells } from './study-cells.ts';

type Cells = Pick<StudyCells, 'cells' | 'indexOf'>;

/** Of all that is remembered, four bytes each: 80 MB. */
const MOST_KEPT = 20_000_000;
/** Of one area: more take many seconds to be found, and to be added up again and again. */
const MOST_MEMBERS = 5_000_000;
/** To find the hexagons beside one, and to go from one to the next. */
const SECONDS = { cell: 2e-5, member: 5e-7 } as const;

const known = keptWithin<Neighbours>(MOST_KEPT, ({ offsets, members }) => offsets.length + members.length);
/** The same hexagons are the same list: they are remembered too. */
const numbers = new WeakMap<StudyCells['cells'], number>();
let next = 0;
function numberOf(cells: StudyCells['cells']): number {
  const number = numbers.get(cells) ?? next++;
  numbers.set(cells, number);
  return number;
}

const membersWithin = ({ cells }: Pick<Cells, 'cells'>, k: number) => cells.length * (3 * k * (k + 1) + 1);

/** @throws InvalidParameter where a neighbourhood of `k` rings around each hexagon is more than can be added up */
export function checkRing(study: Pick<Cells, 'cells'>, k: number): void {
  const members = membersWithin(study, k);
  if (members <= MOST_MEMBERS) return;
  const [found, most] = [members, MOST_MEMBERS].map((each) => each.toLocaleString('en'));
  const detail = `${k} rings around ${study.cells.length.toLocaleString('en')} hexagons are ${found} neighbours, at most ${most} are added up. Take fewer rings, coarser hexagons or a smaller place.`;
  throw new InvalidParameter([{ pointer: '/inputs/ring', detail }]);
}

/** Seconds that it takes to find them. */
export const secondsOfRing = (study: Pick<Cells, 'cells'>, k: number): number =>
  study.cells.length * SECONDS.cell + membersWithin(study, k) * SECONDS.member;

/** Hexagons by numbers, first those of the area, then others as they are met; and the numbers of those beside each. */
function gridOf({ cells, indexOf }: Cells): (number: number) => readonly number[] {
  const [all, numberOfCell] = [[...cells], new Map(indexOf)];
  const beside: (readonly number[])[] = [];
  const toNumber = (cell: string) => {
    const number = numberOfCell.get(cell) ?? all.push(cell) - 1;
    numberOfCell.set(cell, number);
    return number;
  };
  return (number) => {
    const found = beside[number] ?? gridDisk(all[number] as string, 1).map(toNumber);
    beside[number] = found;
    return found;
  };
}

function find(study: Cells, k: number): Neighbours {
  const count = study.cells.length;
  const besides = gridOf(study);
  const offsets = new Int32Array(count + 1);
  let members = new Int32Array(8 * count);
  let end = 0;
  /** For which hexagon one was met last. */
  const met: number[] = [];
  for (let place = 0; place < count; place++) {
    const begin = end;
    let edge = [place];
    met[place] = place;
    for (let ring = 0; ring <= k; ring++) {
      const outer: number[] = [];
      for (const number of edge) {
        if (number < count) {
          if (end === members.length) {
            const longer = new Int32Array(2 * end);
            longer.set(members);
            members = longer;
          }
          members[end++] = number;
        }
        if (ring === k) continue;
        for (const other of besides(number)) {
          if (met[other] === place) continue;
          met[other] = place;
          outer.push(other);
        }
      }
      edge = outer;
    }
    members.subarray(begin, end).sort();
    offsets[place + 1] = end;
  }
  return { offsets, members: members.slice(0, end) };
}

/**
 * Of each hexagon of a study area those of the area that are at most `k` steps away, itself among them, by their places in
 * the list, rising. At the edge, and around a pentagon, they are fewer. Steps may lead over hexagons outside the area.
 */
export function ringNeighbours(study: Cells, k: number): Neighbours {
  const key = `${numberOf(study.cells)} ${k}`;
  return known.get(key) ?? known.set(key, find(study, k));
}
