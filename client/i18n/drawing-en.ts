/** Texts of the bar over the map while something is drawn. */
export const drawingEn = {
  'drawing.label': 'Drawing',
  'drawing.how.point': 'Click on the map where it lies.',
  'drawing.how.move': 'Drag it, or click where it should lie.',
  'drawing.how.line': 'Click from place to place; click the last again to end.',
  'drawing.how.polygon': 'Click from corner to corner; click the first again to close.',
  'drawing.how.edit': 'Drag a vertex, or the middle of a side to add one; right-click takes one away.',
  'drawing.keys':
    'On the keyboard: arrows move the map, Space places a vertex at the cross, Enter ends, Escape cancels.',
  'drawing.pick.how': 'Click it on the map.',
  'drawing.pick.missed':
    'Nothing of that kind lies there. Click it on the map; a layer that is off can be switched on.',
  'drawing.pick.keys': 'On the keyboard: arrows move the map, Enter takes what lies at the cross, Escape cancels.',
  'drawing.undoVertex': 'Undo vertex',
  'drawing.undo': 'Undo change',
  'drawing.cancel': 'Cancel',
  'drawing.done': 'Done',
} as const;
