/** Digits of a degree: a metre. */
const DIGITS = 1e5;

const isPosition = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length >= 2 && value.every((each) => typeof each === 'number');

function rounded(value: unknown): unknown {
  if (isPosition(value)) return value.map((each) => Math.round(each * DIGITS) / DIGITS);
  return Array.isArray(value) ? value.map(rounded) : value;
}

/** Inputs of a question with the positions of their geometries to a metre: they stand in an address. Other numbers are as they were. */
export function roundedInputs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(roundedInputs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === 'coordinates' ? rounded(each) : roundedInputs(each)]),
  );
}
