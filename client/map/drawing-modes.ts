import { TerraDrawLineStringMode, TerraDrawPointMode, TerraDrawPolygonMode, TerraDrawSelectMode } from 'terra-draw';
import type { DrawingMode } from '../state/drawing.ts';
import { MARK_COLORS } from '../state/mark-colors.ts';
import { theme } from '../state/theme.ts';

/** Names of the modes in terra-draw. */
export const MODES = { point: 'point', line: 'linestring', polygon: 'polygon' } as const satisfies Record<
  DrawingMode,
  string
>;

const VERTEX = { width: 5, outline: 2 };
const WIDTH = 3;
/** Pixels within which a vertex is hit: more for a finger. */
const REACH = matchMedia('(pointer: coarse)').matches ? 40 : 24;

const coordinates = { midpoints: { draggable: true }, draggable: true, deletable: true } as const;

/** What terra-draw can do here, in the colours of the theme as it is now. The page has its own keys. */
export function drawingModes() {
  const { focus, casing } = MARK_COLORS[theme.peek()];
  const vertices = {
    coordinatePointColor: casing,
    coordinatePointWidth: VERTEX.width,
    coordinatePointOutlineColor: focus,
    coordinatePointOutlineWidth: VERTEX.outline,
    closingPointColor: focus,
    closingPointWidth: VERTEX.width + 1,
    closingPointOutlineColor: casing,
    closingPointOutlineWidth: VERTEX.outline,
  } as const;
  const area = { fillColor: focus, fillOpacity: 0.15, outlineColor: focus, outlineWidth: WIDTH } as const;
  const given = { keyEvents: null, pointerDistance: REACH, showCoordinatePoints: true };
  return [
    new TerraDrawPointMode({
      editable: true,
      styles: { pointColor: focus, pointWidth: 7, pointOutlineColor: casing, pointOutlineWidth: 2 },
    }),
    new TerraDrawLineStringMode({
      ...given,
      styles: { ...vertices, lineStringColor: focus, lineStringWidth: WIDTH },
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
        selectedPointColor: focus,
        selectedPointWidth: 7,
        selectedPointOutlineColor: casing,
        selectedPointOutlineWidth: 2,
        selectedLineStringColor: focus,
        selectedLineStringWidth: WIDTH,
        selectedPolygonColor: area.fillColor,
        selectedPolygonFillOpacity: area.fillOpacity,
        selectedPolygonOutlineColor: area.outlineColor,
        selectedPolygonOutlineWidth: area.outlineWidth,
        selectionPointColor: casing,
        selectionPointWidth: VERTEX.width + 1,
        selectionPointOutlineColor: focus,
        selectionPointOutlineWidth: VERTEX.outline,
        midPointColor: focus,
        midPointWidth: 4,
        midPointOutlineColor: casing,
        midPointOutlineWidth: 1,
      },
    }),
  ];
}
