import { TerraDrawLineStringMode, TerraDrawPointMode, TerraDrawPolygonMode, TerraDrawSelectMode } from 'terra-draw';
import type { DrawingMode } from '../state/drawing.ts';

/** Names of the modes in terra-draw. */
export const MODES = { point: 'point', line: 'linestring', polygon: 'polygon' } as const satisfies Record<
  DrawingMode,
  string
>;

/** Stands out from every layer, on light and dark ground alike. */
const COLOR = '#c2570c';
const HALO = '#ffffff';
const VERTEX = { width: 5, outline: 2 };
/** Pixels within which a vertex is hit: more for a finger. */
const REACH = matchMedia('(pointer: coarse)').matches ? 40 : 24;

const line = { width: 3, color: COLOR } as const;
const coordinates = { midpoints: { draggable: true }, draggable: true, deletable: true } as const;
const vertices = {
  coordinatePointColor: HALO,
  coordinatePointWidth: VERTEX.width,
  coordinatePointOutlineColor: COLOR,
  coordinatePointOutlineWidth: VERTEX.outline,
  closingPointColor: COLOR,
  closingPointWidth: VERTEX.width + 1,
  closingPointOutlineColor: HALO,
  closingPointOutlineWidth: VERTEX.outline,
} as const;
const area = {
  fillColor: COLOR,
  fillOpacity: 0.15,
  outlineColor: COLOR,
  outlineWidth: line.width,
} as const;

/** What terra-draw can do here. The page has its own keys. */
export function drawingModes() {
  const given = { keyEvents: null, pointerDistance: REACH, showCoordinatePoints: true };
  return [
    new TerraDrawPointMode({
      editable: true,
      styles: { pointColor: COLOR, pointWidth: 7, pointOutlineColor: HALO, pointOutlineWidth: 2 },
    }),
    new TerraDrawLineStringMode({
      ...given,
      styles: { ...vertices, lineStringColor: line.color, lineStringWidth: line.width },
    }),
    new TerraDrawPolygonMode({ ...given, styles: { ...vertices, ...area } }),
    new TerraDrawSelectMode({
      keyEvents: null,
      pointerDistance: REACH,
      allowManualDeselection: false,
      flags: {
        point: { feature: { draggable: true } },
        linestring: { feature: { coordinates } },
        polygon: { feature: { coordinates } },
      },
      styles: {
        selectedPointColor: COLOR,
        selectedPointWidth: 7,
        selectedPointOutlineColor: HALO,
        selectedPointOutlineWidth: 2,
        selectedLineStringColor: line.color,
        selectedLineStringWidth: line.width,
        selectedPolygonColor: area.fillColor,
        selectedPolygonFillOpacity: area.fillOpacity,
        selectedPolygonOutlineColor: area.outlineColor,
        selectedPolygonOutlineWidth: area.outlineWidth,
        selectionPointColor: HALO,
        selectionPointWidth: VERTEX.width + 1,
        selectionPointOutlineColor: COLOR,
        selectionPointOutlineWidth: VERTEX.outline,
        midPointColor: COLOR,
        midPointWidth: 4,
        midPointOutlineColor: HALO,
        midPointOutlineWidth: 1,
      },
    }),
  ];
}
