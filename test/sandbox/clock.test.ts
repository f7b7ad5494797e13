import type { AxiosInstance } from 'axios';

import { login } from './client';
import { Clock, helsinkiOffset, instantOf } from './clock';
import { type Sandbox } from '.';
import { useSandbox } from './hooks';

const style = { timesUtc: false, timesWithMilliseconds: false };

describe('Finnish time', () => {
	it('has the offset of Europe/Helsinki in every hour of three years', () => {
		const inHelsinki = new Intl.DateTimeFormat('en-GB', {
			timeZone: 'Europe/Helsinki',
			hourCycle: 'h23',
			hour: '2-digit',
		});
		for (let instant = Date.UTC(2025, 0, 1); instant < Date.UTC(2028, 0, 1); instant += 3_600_000) {
			const hour = new Date(instant + helsinkiOffset(instant)).getUTCHours();
			if (hour !== Number(inHelsinki.format(instant)))
				throw new Error(`Wrong offset at ${new Date(instant).toISOString()}`);
		}
		expect(helsinkiOffset(Date.UTC(2026, 9, 25, 0, 59))).toBe(3 * 3_600_000);
		expect(helsinkiOffset(Date.UTC(2026, 9, 25, 1, 0))).toBe(2 * 3_600_000);
	});

	it('converts local times both ways, with both occurrences of the repeated hour', () => {
		const clock = new Clock({}, style);
		for (const local of [
			'2026-01-15T12:00:00',
			'2026-07-15T12:00:00',
			'2026-10-25T02:59:59',
			'2026-10-25T04:00:00',
			'2026-03-29T04:00:00',
		])
			expect(clock.text(instantOf(local))).toBe(local);
		const [first, second] = [instantOf('2026-10-25T03:30:00'), instantOf('2026-10-25T03:30:00', true)];
		expect([clock.text(first), clock.text(second), second - first]).toEqual([
			'2026-10-25T03:30:00',
			'2026-10-25T03:30:00',
			3_600_000,
		]);
	});
});

describe('Sandbox clock', () => {
	it('stands still except for one second at each tick', () => {
		const clock = new Clock({ start: '2026-05-01T00:00:00', tickMs: 1000 }, style);
		const at = clock.now();
		expect(clock.now()).toBe(at);
		clock.tick();
		expect([clock.text(clock.now()), clock.today()]).toEqual(['2026-05-01T00:00:01', '2026-05-01']);
	});

	it('does not move with real time while it stands still', () => {
		jest.useFakeTimers();
		try {
			const clock = new Clock({ start: '2026-05-01T00:00:00' }, style);
			const flowing = new Clock({ start: '2026-05-01T00:00:00', flowing: true }, style);
			jest.advanceTimersByTime(3_600_000);
			expect(clock.text(clock.now())).toBe('2026-05-01T00:00:00');
			expect(flowing.text(flowing.now())).toBe('2026-05-01T01:00:00');
		} finally {
			jest.useRealTimers();
		}
	});

	it('does not jump at a tick if it is flowing', () => {
		jest.useFakeTimers();
		try {
			const clock = new Clock({ start: '2026-05-01T00:00:00', flowing: true, tickMs: 1000 }, style);
			clock.tick();
			expect(clock.text(clock.now())).toBe('2026-05-01T00:00:00');
		} finally {
			jest.useRealTimers();
		}
	});

	it('follows real time if it is flowing', async () => {
		const clock = new Clock({ flowing: true }, style);
		const at = clock.now();
		await new Promise((resolve) => setTimeout(resolve, 20));
		const later = clock.now();
		expect(later).toBeGreaterThan(at);
		expect(later).toBeLessThan(at + 60_000);
	});
});

describe('Server times', () => {
	let sandbox: Sandbox;
	let admin: AxiosInstance;

	useSandbox((given) => ({ sandbox, http: admin } = given));

	const versionOf = async (id: number) => (await admin.get(`/invoices/${id}`)).data.version as string;
	const idsSince = async (time: string) =>
		(await admin.get(`/invoices?orderById=ASC&versionStartDate=${time}`)).data.results.map(
			({ id }: { id: number }) => id,
		);

	it('are local or UTC, with or without milliseconds, depending on the switches, also in searches', async () => {
		const { id } = sandbox.backdoor.addInvoice();
		expect(await versionOf(id)).toBe('2026-10-01T09:00:01');
		sandbox.switches.timesUtc = true;
		expect(await versionOf(id)).toBe('2026-10-01T06:00:01');
		expect(await idsSince('2026-10-01T06:00:01')).toEqual([id]);
		expect(await idsSince('2026-10-01T06:00:02')).toEqual([]);
		sandbox.clock.advance(123);
		const fine = sandbox.backdoor.addInvoice().id;
		sandbox.switches.timesWithMilliseconds = true;
		expect(await versionOf(fine)).toBe('2026-10-01T06:00:02.123');
		expect(await idsSince('2026-10-01T06:00:02.123')).toEqual([fine]);
		expect(await idsSince('2026-10-01T06:00:02.124')).toEqual([]);
	});

	it('go back by an hour in autumn, so that a newer record can have an older version', async () => {
		sandbox.clock.set('2026-10-25T03:30:00');
		admin = await login(sandbox);
		const first = sandbox.backdoor.addInvoice().id;
		sandbox.clock.advance(45 * 60_000);
		const second = sandbox.backdoor.addInvoice().id;
		expect([await versionOf(first), await versionOf(second)]).toEqual(['2026-10-25T03:30:01', '2026-10-25T03:15:02']);
		expect(await idsSince('2026-10-25T03:30:00')).toEqual([first]);
		expect(await idsSince('2026-10-25T03:15:00')).toEqual([first, second]);
		const byVersion = (await admin.get('/invoices?orderByVersion=DESC&size=2')).data.results.map(
			({ id }: { id: number }) => id,
		);
		expect(byVersion).toEqual([first, second]);
	});

	it('detect an outdated version even after the clock has gone back', async () => {
		sandbox.clock.set('2026-10-25T03:30:00');
		admin = await login(sandbox);
		const { id } = sandbox.backdoor.addInvoice();
		const before = (await admin.get(`/invoices/${id}`)).data;
		sandbox.clock.advance(45 * 60_000);
		const { status, data } = await admin.put(`/invoices/${id}`, before);
		expect([status, data.version]).toEqual([200, '2026-10-25T03:15:02']);
		expect((await admin.put(`/invoices/${id}`, before)).status).toBe(400);
	});
});
