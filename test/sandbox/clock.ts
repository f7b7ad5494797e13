const HOUR = 3_600_000;

/** 01:00 UTC of the last Sunday of a month: when the clocks are moved in the whole EU. */
function lastSunday(year: number, month: number): number {
	const lastDay = new Date(Date.UTC(year, month + 1, 0, 1));
	return lastDay.getTime() - lastDay.getUTCDay() * 24 * HOUR;
}

const summers = new Map<number, [number, number]>();

/** Offset of Finnish time from UTC in milliseconds at an instant: three hours in summer, two in winter. */
export function helsinkiOffset(instant: number): number {
	const year = new Date(instant).getUTCFullYear();
	let summer = summers.get(year);
	if (!summer) summers.set(year, (summer = [lastSunday(year, 2), lastSunday(year, 9)]));
	return instant >= summer[0] && instant < summer[1] ? 3 * HOUR : 2 * HOUR;
}

/**
 * Instant of a Finnish local time without zone (`2026-10-25T03:30:00`).
 * The hour that occurs twice in autumn is taken as the first, or with `second` as the second occurrence.
 */
export function instantOf(local: string, second = false): number {
	const wall = Date.parse(`${local.length === 10 ? `${local}T00:00:00` : local}Z`);
	if (Number.isNaN(wall)) throw new Error(`Not a local time: ${local}`);
	const summer = wall - 3 * HOUR;
	const winter = wall - 2 * HOUR;
	if (second && helsinkiOffset(winter) === 2 * HOUR) return winter;
	return helsinkiOffset(summer) === 3 * HOUR ? summer : winter;
}

/** Start of the next hour that occurs twice, or of its second occurrence during its first, as an instant. */
export function nextRepeatedHour(now: number): number {
	const year = new Date(now).getUTCFullYear();
	const starts = [year, year + 1].flatMap((one) => [lastSunday(one, 9) - HOUR, lastSunday(one, 9)]);
	const isFirst = (start: number) => helsinkiOffset(start) === 3 * HOUR;
	const during = repeatedHourOf(now) === 'first';
	return starts.find((start) => start > now && (during || isFirst(start))) ?? now;
}

/** Which occurrence an instant belongs to, if its hour occurs twice. */
export function repeatedHourOf(instant: number): 'first' | 'second' | undefined {
	const change = lastSunday(new Date(instant).getUTCFullYear(), 9);
	if (instant < change - HOUR || instant >= change + HOUR) return undefined;
	return instant < change ? 'first' : 'second';
}

export interface ClockOptions {
	/** Finnish local time at the start. */
	start?: string;
	/** `true`: runs on with real time. `false`: stands, but for `tickMs` at every write. */
	flowing?: boolean;
	/** How far a standing clock moves with every write, so that versions differ. */
	tickMs?: number;
}

/** How server times are shown: see the switches `timesUtc` and `timesWithMilliseconds`. */
export interface TimeStyle {
	timesUtc: boolean;
	timesWithMilliseconds: boolean;
}

/** The server's clock. Instants are milliseconds since 1970 in UTC; what goes out is Finnish local time without zone. */
export class Clock {
	private base = 0;
	private startedAt = 0;
	flowing: boolean;
	tickMs: number;

	constructor(
		options: ClockOptions,
		private readonly style: TimeStyle,
	) {
		this.flowing = options.flowing ?? false;
		this.tickMs = options.tickMs ?? 1000;
		this.set(options.start ?? '2026-10-01T09:00:00');
	}

	now(): number {
		return this.flowing ? this.base + (Date.now() - this.startedAt) : this.base;
	}

	/** Sets the clock to a Finnish local time, or to an instant in milliseconds. */
	set(to: string | number, second = false): void {
		this.base = typeof to === 'number' ? to : instantOf(to, second);
		this.startedAt = Date.now();
	}

	advance(milliseconds: number): void {
		this.set(this.now() + milliseconds);
	}

	/** Called at every write: moves a standing clock. */
	tick(): void {
		if (!this.flowing) this.base += this.tickMs;
	}

	/** Wall time of an instant as a number that compares like the text that goes out. */
	wall(instant: number): number {
		const shown = this.style.timesUtc ? instant : instant + helsinkiOffset(instant);
		return this.style.timesWithMilliseconds ? shown : Math.floor(shown / 1000) * 1000;
	}

	/** An instant as the API writes it: `2026-10-01T09:00:00`, with milliseconds if the switch says so. */
	text(instant: number): string {
		return new Date(this.wall(instant)).toISOString().slice(0, this.style.timesWithMilliseconds ? 23 : 19);
	}

	/** Today's date in Finland. */
	today(): string {
		return new Date(this.now() + helsinkiOffset(this.now())).toISOString().slice(0, 10);
	}
}
