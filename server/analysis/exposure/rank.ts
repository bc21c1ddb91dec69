/** The highest score first; of those alike, and where there is no score, as they came. */
export function ranked<Row extends { readonly score?: number | undefined }>(
  rows: readonly Row[],
): (Row & { readonly rank?: number })[] {
  const sorted = rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => (b.row.score ?? 0) - (a.row.score ?? 0) || a.index - b.index);
  return sorted.map(({ row }, index) => (row.score === undefined ? { ...row } : { ...row, rank: index + 1 }));
}
