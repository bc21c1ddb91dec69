/**
 * Lightness 0 to 1, chroma from 0, hue in degrees, of Björn Ottosson's Oklab (https://bottosson.github.io/posts/oklab/,
 * 2020): equal steps look about equal, and a colour keeps its hue while its lightness changes.
 */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

const toLinear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const fromLinear = (light: number) => (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);

/** `#rrggbb` as linear light of red, green and blue, 0 to 1 (sRGB, IEC 61966-2-1). */
export function toLinearRgb(color: string): [number, number, number] {
  const channel = (at: number) => toLinear(Number.parseInt(color.slice(at, at + 2), 16) / 255);
  return [channel(1), channel(3), channel(5)];
}

/** Light outside of 0 to 1 is cut. */
export function fromLinearRgb(rgb: readonly number[]): string {
  const channels = rgb.map((light) => Math.round(255 * fromLinear(Math.max(0, Math.min(1, light)))));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** `#rrggbb`. */
export function toOklch(color: string): Oklch {
  const [r, g, b] = toLinearRgb(color);
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const blue = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  return {
    l: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    c: Math.hypot(a, blue),
    h: (Math.atan2(blue, a) * 180) / Math.PI,
  };
}

function linearOf({ l, c, h }: Oklch): [number, number, number] {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

/** `#rrggbb`. What no screen can show loses chroma, not lightness. */
export function fromOklch(color: Oklch): string {
  const fits = (c: number) => linearOf({ ...color, c }).every((light) => light >= -1e-4 && light <= 1.0001);
  if (fits(color.c)) return fromLinearRgb(linearOf(color));
  let [low, high] = [0, color.c];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return fromLinearRgb(linearOf({ ...color, c: low }));
}

/** Contrast of two colours, 1 to 21: WCAG 2.2, relative luminance. */
export function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [r, g, b] = toLinearRgb(color);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
