import type { Orientation, Paper } from './job.ts';

/** Millimetres of a CSS pixel on paper: 1/96 inch. */
const PIXEL_MM = 25.4 / 96;

/** How the map lies on a sheet. */
export interface MapBox {
  /** On paper, millimetres; css/print-sheet.css has the same. */
  readonly width: number;
  readonly height: number;
  /**
   * Pixels of the page for one on paper. The map is drawn about as large as on a screen, so that a view shows on paper what
   * it shows there, at the same zoom; its names come out smaller.
   */
  readonly shrink: number;
  /** Pixels of the picture for one of the page: some 270 to an inch of paper. */
  readonly ratio: number;
}

const BOXES: Record<Paper, Record<Orientation, MapBox>> = {
  a4: {
    landscape: { width: 196, height: 132, shrink: 1.4, ratio: 2 },
    portrait: { width: 192, height: 136, shrink: 1.4, ratio: 2 },
  },
  a3: {
    landscape: { width: 286, height: 194, shrink: 1.05, ratio: 2.5 },
    portrait: { width: 277, height: 216, shrink: 1.05, ratio: 2.5 },
  },
};

export const mapBoxOf = (paper: Paper, orientation: Orientation): MapBox => BOXES[paper][orientation];

/** Of the map on the page, CSS pixels. */
export const mapPixels = ({ width, height, shrink }: MapBox) => ({
  width: Math.round((width / PIXEL_MM) * shrink),
  height: Math.round((height / PIXEL_MM) * shrink),
});
