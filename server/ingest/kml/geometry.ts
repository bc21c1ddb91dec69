import type { Geometry, Position } from 'geojson';

/** Geometry elements that hold others. */
const HOLDERS = new Set(['MultiGeometry', 'MultiTrack']);
const ELEMENTS = new Set(['Point', 'LineString', 'LinearRing', 'Polygon', 'Track', 'Model', ...HOLDERS]);

interface Open {
  readonly kind: string;
  readonly lines: Position[][];
  track: Position[];
}

/** The geometry of a placemark, built as its elements open and close. */
export class GeometryBuilder {
  readonly #open: Open[] = [];
  readonly #made: Geometry[] = [];
  /** Whether a three-dimensional model stood there, which is none of GeoJSON's geometries. */
  hasModel = false;
  vertices = 0;

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  open(name: string): void {
    if (ELEMENTS.has(name)) this.#open.push({ kind: name, lines: [], track: [] });
  }

  add(positions: Position[]): void {
    this.vertices += positions.length;
    this.#open.at(-1)?.lines.push(positions);
  }

  addToTrack(position: Position): void {
    this.vertices += 1;
    this.#open.at(-1)?.track.push(position);
  }

  close(name: string): void {
    if (this.#open.at(-1)?.kind !== name) return;
    const closed = this.#open.pop() as Open;
    const parent = this.#open.at(-1);
    if (closed.kind === 'LinearRing' && parent?.kind === 'Polygon') {
      for (const line of closed.lines) parent.lines.push(line);
    } else if (closed.kind === 'Model') this.hasModel = true;
    else {
      const geometry = toGeometry(closed);
      if (geometry) this.#made.push(geometry);
    }
  }

  /** All in one: of one type a multi-geometry, of several a collection, however they were nested; null for none. */
  result(): Geometry | null {
    const [first, ...others] = this.#made;
    if (first === undefined || others.length === 0) return first ?? null;
    const same = this.#made.every(({ type }) => type === first.type);
    if (!same) return { type: 'GeometryCollection', geometries: this.#made };
    const coordinates = this.#made.flatMap((made) => ('coordinates' in made ? [made.coordinates] : []));
    return { type: `Multi${first.type}`, coordinates } as Geometry;
  }
}

function toGeometry({ kind, lines, track }: Open): Geometry | null {
  const line = kind === 'Track' ? track : lines[0];
  if (HOLDERS.has(kind) || line === undefined || line.length === 0) return null;
  if (kind === 'Polygon') return { type: 'Polygon', coordinates: lines };
  if (kind === 'Point' || (kind === 'Track' && line.length === 1)) {
    return { type: 'Point', coordinates: line[0] as Position };
  }
  return { type: 'LineString', coordinates: line };
}
