import { cellToLatLng } from 'h3-js';
import { outlineOf } from '../../core/hex.ts';
import { type ShapeRow, shapesQuery } from '../../query/analysis/density.ts';
import { climb } from '../../stats/climb.ts';
import { densityGrid, type Grid } from '../../stats/density-grid.ts';
import { type Density, kernelDensity } from '../../stats/kernel-density.ts';
import { drain, inTurns } from '../corridor/turns.ts';
import { AnalysisTooLarge } from '../estimate.ts';
import type { Question } from '../question.ts';
import { drawContours, heightAt } from './draw-contours.ts';
import type { Given } from './inputs.ts';
import { type Level, toLevels } from './levels.ts';
import type { Plan } from './plan.ts';
import type { Places } from './read-places.ts';
import { MAX_CELLS } from './surface-cells.ts';

/** A contour as it is sent. */
export interface Contour extends Level {
  /** GeoJSON. */
  readonly geojson: string;
  readonly areaKm2: number;
  readonly polygons: number;
  /** Events where the surface is at least as high. */
  readonly events: number;
}

export interface SurfaceCell {
  /** H3. */
  readonly cell: string;
  /** At its middle, per square metre, above 0. */
  readonly density: number;
  /** GeoJSON. */
  readonly outline: object;
}

export interface Computed {
  readonly peak: { readonly lon: number; readonly lat: number; readonly density: number };
  /** The lowest first. */
  readonly contours: readonly Contour[];
  readonly cells: readonly SurfaceCell[];
  readonly resolution: number;
}

function findPeak(grid: Grid, values: Float64Array, density: Density): Computed['peak'] {
  let best = 0;
  for (let node = 1; node < values.length; node += 1)
    if ((values[node] as number) > (values[best] as number)) best = node;
  const from = [
    grid.west + (best % grid.columns) * grid.lonStep,
    grid.south + Math.floor(best / grid.columns) * grid.latStep,
  ] as const;
  const within = (lat: number) => Math.max(-90, Math.min(90, lat));
  const { x, y, height } = climb((lon, lat) => density(lon, within(lat)), from, [grid.lonStep, grid.latStep]);
  return { lon: ((((x + 180) % 360) + 360) % 360) - 180, lat: within(y), density: height };
}

/** To a millionth of a degree, 11 cm. */
const toDegrees = (value: number) => Math.round(value * 1e6) / 1e6;

const crosses = (ring: readonly (readonly [number, number])[]) => ring.some(([lon]) => Math.abs(lon) > 180);

async function drawCells({ run, signal }: Question, { surface }: Plan, density: Density): Promise<SurfaceCell[]> {
  const found: { cell: string; density: number; outline: object; isCut: boolean }[] = [];
  const each = (cell: string) => {
    const [lat, lon] = cellToLatLng(cell);
    const value = density(lon, lat);
    if (value <= 0) return;
    const ring = outlineOf(cell).map(([x, y]) => [toDegrees(x), toDegrees(y)] as const);
    found.push({ cell, density: value, outline: { type: 'Polygon', coordinates: [ring] }, isCut: crosses(ring) });
  };
  await inTurns(
    async (pause) => {
      for (const cell of surface.cells) {
        each(cell);
        const paused = pause();
        if (paused) await paused;
      }
    },
    { signal, kind: 'long' },
  );
  if (found.length > MAX_CELLS) {
    throw new AnalysisTooLarge(
      `The events reach ${found.length.toLocaleString('en')} hexagons of resolution ${surface.resolution}; at most ${MAX_CELLS.toLocaleString('en')} are drawn. Take a coarser resolution or a wider bandwidth, or narrow the place or the filter.`,
    );
  }
  const cut = found.filter(({ isCut }) => isCut);
  const rows = cut.length === 0 ? [] : await run<ShapeRow>(shapesQuery(cut.map(({ outline }) => outline)));
  const whole = new Map(cut.map(({ cell }, index) => [cell, JSON.parse((rows[index] as ShapeRow).geojson) as object]));
  return found.map(({ isCut: _isCut, ...each }) => ({ ...each, outline: whole.get(each.cell) ?? each.outline }));
}

/** The density of the events: its peak, contours and hexagons. */
export async function compute(question: Question, inputs: Given, places: Places, plan: Plan): Promise<Computed> {
  const metres = places.bandwidth.km * 1_000;
  const turn = { signal: question.signal, kind: 'long' } as const;
  const values = await inTurns((pause) => drain(densityGrid(plan.grid, places, metres), pause), turn);
  const density = kernelDensity(places, metres);
  const peak = findPeak(plan.grid, values, density);
  const levels = toLevels(plan.grid, values, peak.density, inputs);
  question.progress(0.4, { en: 'Contours', fr: 'Contours' });
  const shapes = await inTurns((pause) => drain(drawContours(plan.grid, values, levels), pause), turn);
  const rows = await question.run<ShapeRow>(shapesQuery(shapes));
  const heights = places.lons.map((lon, place) => heightAt(plan.grid, values, lon, places.lats[place] as number));
  const within = (level: number) =>
    heights.reduce((sum, height, place) => sum + (height >= level ? (places.counts[place] as number) : 0), 0);
  const contours = levels.map((level, index): Contour => {
    const { geojson, area_m2, polygons } = rows[index] as ShapeRow;
    return { ...level, geojson, polygons, areaKm2: area_m2 / 1e6, events: within(level.density) };
  });
  question.progress(0.7, { en: 'Hexagons', fr: 'Hexagones' });
  return { peak, contours, cells: await drawCells(question, plan, density), resolution: plan.surface.resolution };
}
