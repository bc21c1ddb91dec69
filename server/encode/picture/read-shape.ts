/** Positions in the units of a tile, from its upper left corner: x to the right, y down. Flat: x, y, x, y. */
export type Ring = readonly number[];

const MOVE_TO = 1;
const LINE_TO = 2;

const signed = (value: number) => (value >>> 1) ^ -(value & 1);

/**
 * The rings, lines or points of a feature: the commands of section 4.3 of the Mapbox Vector Tile specification 2.1, packed as
 * they stand in the tile. A ring's first position is not said again at its end; points are a line of one position each.
 */
export function readShape(packed: Uint8Array): Ring[] {
  const shape: number[][] = [];
  let at = 0;
  const next = () => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = packed[at] as number;
      at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
      shift += 7;
    }
  };
  let [x, y] = [0, 0];
  while (at < packed.length) {
    const command = next();
    const kind = command & 7;
    if (kind !== MOVE_TO && kind !== LINE_TO) continue;
    for (let count = command >>> 3; count > 0; count -= 1) {
      x += signed(next());
      y += signed(next());
      if (kind === MOVE_TO) shape.push([x, y]);
      else shape.at(-1)?.push(x, y);
    }
  }
  return shape;
}
