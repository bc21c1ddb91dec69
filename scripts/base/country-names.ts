/** One country or territory in the box. `iso` is ISO 3166-1 alpha-2, `numeric` how Natural Earth's outlines name it. */
interface CountryName {
  iso: string;
  numeric: string;
  name: string;
  name_fr: string;
}

const country = (iso: string, numeric: string, name: string, name_fr: string): CountryName => ({
  iso,
  numeric,
  name,
  name_fr,
});

/** Mali first, then those that border on it: their outlines keep every vertex of the source. */
export const MALI = country('ML', '466', 'Mali', 'Mali');

export const NEIGHBOURS: readonly CountryName[] = [
  country('DZ', '012', 'Algeria', 'Algérie'),
  country('BF', '854', 'Burkina Faso', 'Burkina Faso'),
  country('CI', '384', "Côte d'Ivoire", "Côte d'Ivoire"),
  country('GN', '324', 'Guinea', 'Guinée'),
  country('MR', '478', 'Mauritania', 'Mauritanie'),
  country('NE', '562', 'Niger', 'Niger'),
  country('SN', '686', 'Senegal', 'Sénégal'),
];

const OTHERS: readonly CountryName[] = [
  country('BJ', '204', 'Benin', 'Bénin'),
  country('CD', '180', 'Democratic Republic of the Congo', 'République démocratique du Congo'),
  country('CF', '140', 'Central African Republic', 'République centrafricaine'),
  country('CG', '178', 'Congo', 'Congo'),
  country('CM', '120', 'Cameroon', 'Cameroun'),
  country('EG', '818', 'Egypt', 'Égypte'),
  country('EH', '732', 'Western Sahara', 'Sahara occidental'),
  country('ES', '724', 'Spain', 'Espagne'),
  country('GA', '266', 'Gabon', 'Gabon'),
  country('GH', '288', 'Ghana', 'Ghana'),
  country('GI', '292', 'Gibraltar', 'Gibraltar'),
  country('GM', '270', 'Gambia', 'Gambie'),
  country('GQ', '226', 'Equatorial Guinea', 'Guinée équatoriale'),
  country('GR', '300', 'Greece', 'Grèce'),
  country('GW', '624', 'Guinea-Bissau', 'Guinée-Bissau'),
  country('IT', '380', 'Italy', 'Italie'),
  country('LR', '430', 'Liberia', 'Libéria'),
  country('LY', '434', 'Libya', 'Libye'),
  country('MA', '504', 'Morocco', 'Maroc'),
  country('MT', '470', 'Malta', 'Malte'),
  country('NG', '566', 'Nigeria', 'Nigéria'),
  country('PT', '620', 'Portugal', 'Portugal'),
  country('SD', '729', 'Sudan', 'Soudan'),
  country('SL', '694', 'Sierra Leone', 'Sierra Leone'),
  country('SS', '728', 'South Sudan', 'Soudan du Sud'),
  country('ST', '678', 'Sao Tome and Principe', 'Sao Tomé-et-Principe'),
  country('TD', '148', 'Chad', 'Tchad'),
  country('TG', '768', 'Togo', 'Togo'),
  country('TN', '788', 'Tunisia', 'Tunisie'),
];

export const COUNTRIES: readonly CountryName[] = [MALI, ...NEIGHBOURS, ...OTHERS];
