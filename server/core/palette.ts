/** Colours of classes, in the order in which they are taken: told apart by people who see colours differently. #rrggbb */
export const PALETTE: readonly string[] = [
  ...['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'],
  ...['#882255', '#117733', '#332288', '#999933', '#aa4499', '#44aa99'],
];

/** Of what is in no class. */
export const OTHER_COLOR = '#777777';
