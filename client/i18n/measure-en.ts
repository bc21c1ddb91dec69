/** Texts of the card that measures, fetched with it. */
export const measureEn = {
  'measure.way': 'A way',
  'measure.area': 'An area',
  'measure.drawWay': 'Measure a way:',
  'measure.drawArea': 'Measure an area:',
  'measure.total': 'Length',
  'measure.inside': 'Area',
  'measure.around': 'Perimeter',
  'measure.leg': 'Leg {number}',
  'measure.legs': '{count} legs',
  'measure.legsOne': '{count} leg',
  'measure.change': 'Change',
  'measure.clear': 'Clear',
  'measure.close': 'Close the measurement',
  'measure.how': 'Click the vertices on the map. Lengths are along the shortest way on the ellipsoid WGS 84.',
};
