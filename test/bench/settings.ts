let chosen = 1;

/** What decides everything that looks random in the measurement: the order of ids, the bytes of files. */
export const seed = (): number => chosen;

export function setSeed(value: number): void {
	chosen = value;
}
