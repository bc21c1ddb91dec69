import type { Feature, Geometry } from 'geojson';
import { uploadRecords } from '../state.ts';

/** Shows on the map where the record is, and where it would be. */
export function drawCorrection(before: Geometry | null, after: Geometry | null): void {
  const isMoved = JSON.stringify(before) !== JSON.stringify(after);
  const feature = (side: string, geometry: Geometry): Feature => ({ type: 'Feature', geometry, properties: { side } });
  const features = [
    ...(before && isMoved ? [feature('before', before)] : []),
    ...(after ? [feature('after', after)] : []),
  ];
  uploadRecords.value = features.length === 0 ? null : { type: 'FeatureCollection', features };
}

export function clearCorrection(): void {
  uploadRecords.value = null;
}
