import { type IssueWords, words } from './words.ts';

/** Lines and areas, and geometries that cannot be read. */
export const SHAPES: Readonly<Record<string, IssueWords>> = {
  'ring-open': words(
    'Outline was not closed',
    'Contour non fermé',
    'It was closed by adding its first point.',
    'Il a été fermé en ajoutant son premier point.',
  ),
  'ring-direction': words(
    'Outline ran the wrong way round',
    'Contour tracé à l’envers',
    'It was turned round. Its shape is the same.',
    'Il a été retourné. Sa forme est la même.',
  ),
  'ring-short': words(
    'Outline without an area',
    'Contour sans surface',
    'An area needs at least three different points. Draw it again, or send it as a line.',
    'Une surface demande au moins trois points distincts. Redessinez-la ou envoyez-la comme ligne.',
  ),
  antimeridian: words(
    'More than half round the Earth in one step',
    'Plus d’un demi-tour du globe en un pas',
    'It may cross the date line, or one coordinate is wrong. Look at it on the map.',
    'L’objet franchit peut-être l’antiméridien, ou une coordonnée est fausse. Regardez-le sur la carte.',
  ),
  'self-crossing': words(
    'Outline crosses itself',
    'Contour qui se croise',
    'The repair cuts it into parts that do not cross, of the same area. What becomes a line by that is kept out: draw it again.',
    'La réparation le découpe en parties qui ne se croisent pas, de même surface. Ce qui devient une ligne est écarté : redessinez-le.',
    'self-crossing',
  ),
  'wrong-geometry': words(
    'Another geometry than the layer’s',
    'Autre géométrie que celle de la couche',
    'A layer has points, lines or areas. Send the others to a layer of their own.',
    'Une couche contient des points, des lignes ou des surfaces. Envoyez les autres dans une couche à part.',
  ),
  'geometry-type': words(
    'Kind of geometry that is not known',
    'Type de géométrie inconnu',
    'The types are Point, LineString, Polygon, their Multi- forms and GeometryCollection.',
    'Les types sont Point, LineString, Polygon, leurs formes Multi- et GeometryCollection.',
  ),
  'geometry-not-an-object': words(
    'Geometry that is none',
    'Géométrie qui n’en est pas une',
    'A geometry is an object with "type" and "coordinates", or null.',
    'Une géométrie est un objet avec "type" et "coordinates", ou null.',
  ),
  'geometry-empty': words(
    'Empty geometry',
    'Géométrie vide',
    'The record is kept without a position.',
    'La fiche est gardée sans position.',
  ),
  'geometry-missing': words(
    'No geometry',
    'Pas de géométrie',
    'The record is kept without a position.',
    'La fiche est gardée sans position.',
  ),
  coordinates: words(
    'Coordinates that cannot be read',
    'Coordonnées illisibles',
    'A position is two numbers: longitude, then latitude.',
    'Une position est faite de deux nombres : longitude, puis latitude.',
  ),
  'bad-coordinate': words(
    'Coordinate that is no number',
    'Coordonnée qui n’est pas un nombre',
    'The shape is damaged. Export the file again.',
    'La forme est endommagée. Exportez de nouveau le fichier.',
  ),
  'bad-coordinates': words(
    'Coordinates that cannot be read',
    'Coordonnées illisibles',
    'Correct them in the program that made the file.',
    'Corrigez-les dans le programme qui a produit le fichier.',
  ),
  'bad-geometry': words(
    'Geometry that cannot be read',
    'Géométrie illisible',
    'It is damaged. Draw it again, or export the file again.',
    'Elle est endommagée. Redessinez-la ou exportez de nouveau le fichier.',
  ),
  'bad-parts': words(
    'Parts of a shape are damaged',
    'Parties de forme endommagées',
    'Export the shapefile again.',
    'Exportez de nouveau le shapefile.',
  ),
  'shape-cut-short': words(
    'Shape that is cut short',
    'Forme tronquée',
    'The shapefile is damaged. Export it again.',
    'Le shapefile est endommagé. Exportez-le de nouveau.',
  ),
  'unknown-shape': words(
    'Kind of shape that is not read',
    'Type de forme non lu',
    'Points, lines and areas are read. Convert the others.',
    'Les points, lignes et surfaces sont lus. Convertissez les autres.',
  ),
  'too-entangled': words(
    'Rings too entangled',
    'Anneaux trop enchevêtrés',
    'It cannot be told which ring is a hole of which. Repair the geometry before it is sent.',
    'On ne peut dire quel anneau est le trou de quel autre. Réparez la géométrie avant l’envoi.',
  ),
  'measures-dropped': words(
    'Measures left out',
    'Mesures omises',
    'M values are not kept.',
    'Les valeurs M ne sont pas gardées.',
  ),
  'model-left-out': words(
    '3D models left out',
    'Modèles 3D omis',
    'Only points, lines and areas are read.',
    'Seuls les points, lignes et surfaces sont lus.',
  ),
};
