import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects all garbage now, so that no run pays for what the one before it left. */
export const collect = runInNewContext('gc') as () => void;
