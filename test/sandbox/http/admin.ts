import type { FastifyInstance } from 'fastify';

import { badRequest, notFound } from '../errors';
import type { SandboxState } from '../state';
import { setSwitches, switchTable } from '../switches';
import { backdoorOf, type Backdoor, type SeedAmounts } from '../world/backdoor';
import type { Entry } from '../world/register';
import type { Access, ApiClient, CompanySettings, User } from '../world/world';
import { registerRecordAdmin } from './adminRecords';
import type { Fault, LateRecords, RateLimit } from './faults';

/** Steering from another process: `/_sandbox/…`, JSON in and out, no login. */
export function registerAdmin(app: FastifyInstance, state: SandboxState): void {
	const at = '/_sandbox';
	app.get(`${at}/journal`, (request) => {
		const { since } = request.query as { since?: string };
		return state.journal.entries.filter(({ no }) => no > Number(since ?? 0));
	});
	app.delete(`${at}/journal`, () => {
		state.journal.clear();
		return { message: 'OK' };
	});
	app.get(`${at}/problems`, () => state.problems);
	app.post(`${at}/reset`, () => {
		state.reset();
		return { message: 'OK' };
	});

	app.get(`${at}/switches`, () => ({ now: state.switches, table: switchTable }));
	app.patch(`${at}/switches`, (request) => {
		try {
			setSwitches(state.switches, request.body as Record<string, unknown>);
		} catch (error) {
			throw badRequest((error as Error).message);
		}
		return state.switches;
	});

	app.get(`${at}/faults`, () => ({
		faults: state.faults.list,
		late: state.faults.late,
		rateLimit: state.faults.rateLimit,
		violations: state.faults.violations,
	}));
	app.post(`${at}/faults`, (request) => {
		state.faults.add(...(Array.isArray(request.body) ? (request.body as Fault[]) : [request.body as Fault]));
		return state.faults.list;
	});
	app.post(`${at}/late`, (request) => {
		state.faults.late.push(request.body as LateRecords);
		return state.faults.late;
	});
	app.put(`${at}/ratelimit`, (request) => {
		state.faults.rateLimit = request.body as RateLimit;
		return state.faults.rateLimit;
	});
	app.delete(`${at}/faults`, () => {
		state.faults.clear();
		return { message: 'OK' };
	});

	const clock = () => ({
		now: state.clock.text(state.clock.now()),
		instant: state.clock.now(),
		flowing: state.clock.flowing,
		tickMs: state.clock.tickMs,
	});
	app.get(`${at}/clock`, clock);
	app.put(`${at}/clock`, (request) => {
		const wish = request.body as {
			now?: string;
			second?: boolean;
			advanceMs?: number;
			flowing?: boolean;
			tickMs?: number;
		};
		if (wish.now !== undefined) state.clock.set(wish.now, wish.second);
		if (wish.advanceMs !== undefined) state.clock.advance(wish.advanceMs);
		if (wish.flowing !== undefined) {
			state.clock.set(state.clock.now());
			state.clock.flowing = wish.flowing;
		}
		state.clock.tickMs = wish.tickMs ?? state.clock.tickMs;
		return clock();
	});

	app.post(`${at}/tokens/revoke`, (request) => {
		const { refresh, userId, companyId } = (request.body ?? {}) as {
			refresh?: boolean;
			userId?: number;
			companyId?: number;
		};
		state.auth.revokeTokens(refresh, { userId, companyId });
		return { message: 'OK' };
	});
	app.post(`${at}/keys/:key/revoke`, (request) => {
		const key = state.world.keys.get((request.params as { key: string }).key);
		if (!key) throw notFound('Key');
		key.revoked = true;
		return { message: 'OK' };
	});
	app.patch(`${at}/companies/:id/settings`, (request) => {
		const company = state.world.companies.get(Number((request.params as { id: string }).id));
		if (!company) throw notFound('Company');
		return Object.assign(company.settings, request.body as Partial<CompanySettings>);
	});
	app.patch(`${at}/companies/:id/users/:userId`, (request) => {
		const { id, userId } = request.params as { id: string; userId: string };
		const user = state.world.companies.get(Number(id))?.users.get(Number(userId));
		if (!user) throw notFound('User');
		return Object.assign(user, request.body as Partial<User>);
	});
	app.patch(`${at}/companies/:id/users/:userId/rights`, (request) => {
		const { id, userId } = request.params as { id: string; userId: string };
		const user = state.world.companies.get(Number(id))?.users.get(Number(userId));
		if (!user) throw notFound('User');
		return attempt(() => {
			backdoorOf(state.world).setRights(user.id, request.body as Record<string, Access | boolean>, Number(id));
			return user.rights;
		});
	});
	app.patch(`${at}/clients/:clientId`, (request) => {
		const client = state.world.clients.get((request.params as { clientId: string }).clientId);
		if (!client) throw notFound('Client');
		return Object.assign(client, request.body as Partial<ApiClient>);
	});
	registerRecords(app, at, () => backdoorOf(state.world));
	registerRecordAdmin(app, at, state);
}

/** The backdoor reports a caller's mistake as an Error. */
function attempt<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw badRequest((error as Error).message);
	}
}

/** Records behind the API's back. */
function registerRecords(app: FastifyInstance, at: string, backdoor: () => Backdoor): void {
	type RecordParams = { id: string; register: string; recordId: string };
	const shown = ({ id, record, created, version }: Entry<unknown>) => ({ id, record, created, version });
	const companyOf = (params: unknown) => Number((params as RecordParams).id);
	app.post(`${at}/companies/:id/invoices`, ({ params, body }) => {
		const { fields, ...options } = (body ?? {}) as { fields?: Parameters<Backdoor['addInvoice']>[0] } & Parameters<
			Backdoor['addInvoice']
		>[1];
		return attempt(() => shown(backdoor().addInvoice(fields, { ...options, companyId: companyOf(params) })));
	});
	app.post(`${at}/companies/:id/journals`, ({ params, body }) => {
		const { fields, ...options } = (body ?? {}) as { fields?: Parameters<Backdoor['addJournal']>[0] } & Parameters<
			Backdoor['addJournal']
		>[1];
		return attempt(() => shown(backdoor().addJournal(fields, { ...options, companyId: companyOf(params) })));
	});
	app.patch(`${at}/companies/:id/records/:register/:recordId`, ({ params, body }) => {
		const { register, recordId } = params as RecordParams;
		return attempt(() =>
			shown(backdoor().change(register, Number(recordId), body as Record<string, unknown>, companyOf(params))),
		);
	});
	app.post(`${at}/companies/:id/records/:register/hide`, ({ params, body }) => {
		const { ids, every } = body as { ids?: number[]; every?: number };
		const which = ids ?? { every: every ?? 1 };
		attempt(() => backdoor().hide((params as RecordParams).register, which, companyOf(params)));
		return { message: 'OK' };
	});
	app.delete(`${at}/companies/:id/records/:register/:recordId`, ({ params }) => {
		const { register, recordId } = params as RecordParams;
		return { removed: attempt(() => backdoor().remove(register, Number(recordId), companyOf(params))) };
	});
	app.post(`${at}/companies/:id/seed`, ({ params, body }) => {
		attempt(() => backdoor().seed({ ...(body as SeedAmounts), companyId: companyOf(params) }));
		return { message: 'OK' };
	});
}
