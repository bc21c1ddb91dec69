import { render } from 'preact';
import { MoreSheet, type Movable, Sheet, type SheetContent } from './sheet.tsx';

interface Arrangement {
  readonly density: number;
  readonly moved: readonly Movable[];
}

const at = (densities: readonly number[], moved: readonly Movable[]): Arrangement[] =>
  densities.map((density) => ({ density, moved }));

/** From the roomiest on: first the letters become smaller, then something goes over to the next sheet. */
const ARRANGEMENTS: readonly Arrangement[] = [
  ...at([0, 1, 2], []),
  ...at([1, 2], ['sources']),
  ...at([1, 2], ['note']),
  ...at([1, 2, 3], ['note', 'sources']),
  ...at([1, 2], ['legend', 'sources']),
  ...at([1, 3], ['note', 'legend', 'sources']),
];

/** Where nothing more helps the last one is taken, and what is too much is cut off. */
const DENSITIES = [0, 1, 2, 3];

const isTooMuch = (sheet: Element): boolean =>
  [sheet, ...sheet.querySelectorAll('.sheet-side, .sheet-words, .sheet-more')].some(
    ({ scrollHeight, scrollWidth, clientHeight, clientWidth }) =>
      scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1,
  );

/**
 * Lays a view out on a sheet, or two, at the end of `place`, and leaves it there as it is: what the page shows later
 * changes nothing of it.
 */
export function layOut(place: HTMLElement, content: SheetContent): void {
  const desk = document.createElement('div');
  place.append(desk);
  const settle = () => {
    const sheets = [...desk.children].map((sheet) => sheet.cloneNode(true));
    render(null, desk);
    desk.remove();
    place.append(...sheets);
  };
  for (const arrangement of ARRANGEMENTS) {
    const { density, moved } = arrangement;
    render(<Sheet content={content} density={density} moved={moved} />, desk);
    const sheet = desk.firstElementChild;
    if (!sheet || (isTooMuch(sheet) && arrangement !== ARRANGEMENTS.at(-1))) continue;
    const first = sheet.cloneNode(true);
    if (moved.length === 0) break;
    for (const more of DENSITIES) {
      render(<MoreSheet content={content} density={more} moved={moved} />, desk);
      if (desk.firstElementChild && !isTooMuch(desk.firstElementChild)) break;
    }
    place.append(first);
    break;
  }
  settle();
}
