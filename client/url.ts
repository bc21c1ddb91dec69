import type { Language } from '../server/core/layer.ts';

/** Both ends are included and may be open; "YYYY-MM-DD". */
export interface TimeWindow {
  readonly from: string | null;
  readonly to: string | null;
}

export interface View {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

export interface Spot {
  readonly lon: number;
  readonly lat: number;
}

/** What the address says; what is absent is as the map opens. */
export interface Address {
  readonly view?: View;
  readonly layers?: readonly string[];
  readonly window?: TimeWindow;
  readonly language?: Language;
  readonly spot?: Spot;
  /** The panel of uploads is open: empty, or with this upload. */
  readonly upload?: string;
  /** The page that connects other programs is open: of no layer, or of this one. */
  readonly connect?: string;
  /** The panel of questions is open: with all that can be asked, or with this process. */
  readonly ask?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `#map=5.2/17.2/-2.6&layers=a,b&time=2022-01-01/2023-12-31&lang=fr&at=14.5/-3.1` (latitude first, as in map links). */
export function printAddress(address: Address): string {
  const parts: string[] = [];
  const { view, layers, window, language, spot, upload, connect, ask } = address;
  if (view) parts.push(`map=${view.zoom.toFixed(2)}/${view.lat.toFixed(4)}/${view.lon.toFixed(4)}`);
  if (layers) parts.push(`layers=${layers.join(',')}`);
  if (window) parts.push(`time=${window.from ?? '..'}/${window.to ?? '..'}`);
  if (language) parts.push(`lang=${language}`);
  if (spot) parts.push(`at=${spot.lat.toFixed(4)}/${spot.lon.toFixed(4)}`);
  if (upload !== undefined) parts.push(upload === '' ? 'upload' : `upload=${upload}`);
  if (connect !== undefined) parts.push(connect === '' ? 'connect' : `connect=${connect}`);
  if (ask !== undefined) parts.push(ask === '' ? 'ask' : `ask=${ask}`);
  return `#${parts.join('&')}`;
}

/** Reads what it understands and leaves out the rest: a link cut short by a mail program still opens the map. */
export function parseAddress(hash: string): Address {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const view = parseView(params.get('map'));
  const window = parseWindow(params.get('time'));
  const spot = parseSpot(params.get('at'));
  const layers = params.get('layers');
  const language = params.get('lang');
  const upload = params.get('upload');
  const connect = params.get('connect');
  const ask = params.get('ask');
  return {
    ...(view && { view }),
    ...(layers !== null && { layers: layers.split(',').filter(Boolean) }),
    ...(window && { window }),
    ...((language === 'en' || language === 'fr') && { language }),
    ...(spot && { spot }),
    ...(upload !== null && { upload: UPLOAD.test(upload) ? upload : '' }),
    ...(connect !== null && upload === null && { connect: LAYER.test(connect) ? connect : '' }),
    ...(ask !== null && upload === null && connect === null && { ask: PROCESS.test(ask) ? ask : '' }),
  };
}

const UPLOAD = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LAYER = /^[a-z][a-z0-9_]{0,47}$/;
const PROCESS = /^[a-z][a-z-]{0,47}$/;

const numbers = (text: string | null) =>
  (text ?? '').split('/').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
const isPlace = (lat: number, lon: number) => Math.abs(lat) <= 85 && Math.abs(lon) <= 180;

function parseView(text: string | null): View | undefined {
  const [zoom = Number.NaN, lat = Number.NaN, lon = Number.NaN] = numbers(text);
  return zoom >= 0 && zoom <= 22 && isPlace(lat, lon) ? { zoom, lat, lon } : undefined;
}

function parseSpot(text: string | null): Spot | undefined {
  const [lat = Number.NaN, lon = Number.NaN] = numbers(text);
  return isPlace(lat, lon) ? { lat, lon } : undefined;
}

function parseWindow(text: string | null): TimeWindow | undefined {
  const [from = '', to = '', ...rest] = (text ?? '').split('/');
  const isEnd = (end: string) => end === '..' || (DAY.test(end) && isCalendarDay(end));
  if (rest.length > 0 || !isEnd(from) || !isEnd(to)) return undefined;
  if (from !== '..' && to !== '..' && from > to) return undefined;
  return { from: from === '..' ? null : from, to: to === '..' ? null : to };
}

export function isCalendarDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(day);
}
