import { signal } from '@preact/signals';

/** The browser cannot draw the map (it has no WebGL 2): a picture of the server stands in its place. */
export const isMapless = signal(false);
