import { toQuantity } from './quantity.ts';

/** Of a share, 0 to 1. */
const DECIMALS = 6;

/**
 * Shares of a whole, rounded so that they still add up to 1: the largest, which comes first, takes what rounding leaves over.
 * @param parts the largest first; together they are the whole
 */
export function addedUp<Part extends { readonly share: number }>(parts: readonly Part[]): Part[] {
  const [largest, ...others] = parts.map((part) => ({ ...part, share: toQuantity(part.share, DECIMALS) }));
  if (!largest) return [];
  const taken = others.reduce((sum, { share }) => sum + share, 0);
  return [{ ...largest, share: toQuantity(1 - taken, DECIMALS) }, ...others];
}
