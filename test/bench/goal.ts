/** A goal, what was measured, and whether that is enough. */
export interface Goal {
	goal: string;
	measured: string;
	met: boolean;
	/** By how much, in words. */
	by: string;
	/** Where the time goes, for a goal that was missed. */
	why?: string;
}

/** At most so much. */
export function atMost(goal: string, value: number, most: number, form: (value: number) => string = times): Goal {
	const part = Math.abs(1 - value / most) * 100;
	return {
		goal,
		measured: form(value),
		met: value <= most,
		by: value <= most ? `${part.toFixed(0)} % below ${form(most)}` : `${part.toFixed(0)} % above ${form(most)}`,
	};
}

export function atLeast(goal: string, value: number, least: number, form: (value: number) => string = times): Goal {
	const part = Math.abs(value / least - 1) * 100;
	return {
		goal,
		measured: form(value),
		met: value >= least,
		by: value >= least ? `${part.toFixed(0)} % above ${form(least)}` : `${part.toFixed(0)} % below ${form(least)}`,
	};
}

export const times = (value: number): string => `${value.toFixed(2)} ×`;
export const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;
