/** What the control of an input is given. */
export interface Controlled {
  readonly id: string;
  readonly name: string;
  /** Of the input. */
  readonly title: string;
  readonly isNeeded: boolean;
  readonly byDefault: unknown;
  readonly asOfClock: boolean;
}

/** A control of one value among others: of a place, of a line. */
export interface ValueControl {
  readonly title: string;
  readonly isNeeded: boolean;
  readonly value: unknown;
  readonly put: (value: unknown) => void;
}
