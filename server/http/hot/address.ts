/** What the address of a tile says, not yet checked. */
export interface TileAddress {
  readonly kind: 'tiles' | 'hexes';
  readonly ids: string;
  readonly z: string;
  readonly x: string;
  readonly y: string;
  /** The whole of it, with the query string. */
  readonly address: string;
}

// Numbers without leading zeros: written in one way only, they can be part of a key as they are.
const USUAL = /^\/(tiles|hexes)\/([a-z0-9_,]+)\/(0|[1-9]\d?)\/(0|[1-9]\d{0,7})\/(0|[1-9]\d{0,7})\.mvt(?:\?|$)/;

/** A tile's address as TileJSON and our client write it. Any other, right or wrong, is Express's to read. */
export function parseUsualAddress(address: string): TileAddress | undefined {
  const match = USUAL.exec(address);
  if (!match) return undefined;
  const [, kind, ids, z, x, y] = match as unknown as [string, 'tiles' | 'hexes', string, string, string, string];
  return { kind, ids, z, x, y, address };
}
