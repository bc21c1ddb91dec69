/** What the control of an input is given. */
export interface Controlled {
  readonly id: string;
  readonly name: string;
  readonly isNeeded: boolean;
  readonly byDefault: unknown;
  readonly asOfClock: boolean;
}
