import { Eta } from 'eta';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { nextRepeatedHour } from '../clock';
import { forbidden, notFound } from '../errors';
import { moveInBank, paymentMap, refusePayment } from '../records/payments/model';
import { confirmationsOf, decide, type Decision } from '../records/secondFactor';
import { sendDeliveries } from '../records/webhooks';
import type { SandboxState } from '../state';
import type { Company } from '../world/world';
import { clockView, FAULT_KINDS, stateView } from './view';

const HOUR = 3_600_000;
const AT = '/_sandbox/page';
const eta = new Eta({ views: __dirname, cache: true });

/** Files that the page loads, each with its content type. */
const FILES: Record<string, [type: string, path: string]> = {
	'pico.css': ['text/css', require.resolve('@picocss/pico/css/pico.min.css')],
	'page.css': ['text/css', join(__dirname, 'page.css')],
	'htmx.js': ['text/javascript', require.resolve('htmx.org/dist/htmx.min.js')],
};

type Form = Record<string, string | undefined>;

/** The page for people: what the company holds, as it changes, and buttons for what people, banks and faults do. */
export function registerPage(app: FastifyInstance, state: SandboxState): void {
	const companyOf = (id: string | undefined): Company => {
		const found = id === undefined ? [...state.world.companies.values()][0] : state.world.companies.get(Number(id));
		if (!found) throw notFound('Company');
		return found;
	};
	const queryOf = (request: FastifyRequest) => request.query as Form;

	app.get('/', (_request, reply) => reply.redirect('/_sandbox/', 302));
	app.get('/_sandbox', (_request, reply) => reply.redirect('/_sandbox/', 302));
	app.get('/_sandbox/', (request, reply) => {
		const [client] = state.world.clients.values();
		const paths = new Set(state.contract.operations.map(({ path }) => path));
		return html(reply, 'page', {
			...stateView(state, companyOf(queryOf(request).company)),
			clock: clockView(state),
			companies: [...state.world.companies.values()].map(({ id, name }) => ({ id, name })),
			faultKinds: FAULT_KINDS,
			paths: [...paths].sort(),
			baseUrl: `http://${request.headers.host}/api`,
			client,
			keys: [...state.world.keys.values()].map(({ key, companyId, userId }) => {
				const company = state.world.company(companyId);
				return [`${company.users.get(userId)?.username}, ${company.name}`, key];
			}),
		});
	});
	for (const [name, [type, path]] of Object.entries(FILES))
		app.get(`${AT}/${name}`, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(readFileSync(path)));
	app.get(`${AT}/clock`, (request, reply) =>
		html(reply, 'clock', { company: companyOf(queryOf(request).company), clock: clockView(state) }),
	);
	app.get(`${AT}/state`, (request, reply) => {
		const view = stateView(state, companyOf(queryOf(request).company));
		return view.seen === queryOf(request).seen ? reply.code(204).send() : html(reply, 'state', view);
	});

	/** A form of the page: does its work, then shows the part that has changed, or without JavaScript the page. */
	const form = (
		path: string,
		part: 'clock' | 'state',
		work: (form: Form, company: Company, id: string) => unknown,
	): void => {
		app.post(`${AT}/${path}`, async (request, reply) => {
			if (!['same-origin', 'none', undefined].includes(request.headers['sec-fetch-site'] as string | undefined))
				throw forbidden('Only the page of the sandbox can send this form.');
			const fields = (request.body ?? {}) as Form;
			const { id = '' } = request.params as { id?: string };
			await work(fields, companyOf(fields.company), id);
			const company = companyOf(fields.company);
			if (request.headers['hx-request'] === undefined) return reply.redirect(`/_sandbox/?company=${company.id}`, 303);
			return part === 'clock'
				? html(reply, 'clock', { company, clock: clockView(state) })
				: html(reply, 'state', stateView(state, company));
		});
	};
	form('clock', 'clock', ({ move }) => moveClock(state, move));
	form('faults', 'state', (fields) => changeFaults(state, fields));
	form('confirmations/:id', 'state', ({ decision }, company, id) => {
		const found = confirmationsOf(company).get(id);
		if (!found || !['confirm', 'reject', 'expire'].includes(decision ?? '')) throw notFound('Transaction');
		state.clock.tick();
		decide(found, decision as Decision, state.clock);
	});
	form('payments/:id', 'state', (fields, company, id) => movePayment(state, company, Number(id), fields.do));
	form('deliveries/:id', 'state', (_fields, company, id) =>
		sendDeliveries(company, state.switches, { numbers: [Number(id)] }),
	);
	form('reset', 'state', () => state.reset());
}

function moveClock({ clock }: SandboxState, move: string | undefined): void {
	if (move === 'hour') clock.advance(HOUR);
	else if (move === 'day') clock.advance(24 * HOUR);
	else if (move === 'repeatedHour') clock.set(nextRepeatedHour(clock.now()));
	else if (move === 'run' || move === 'stop') {
		clock.set(clock.now());
		clock.flowing = move === 'run';
	} else throw notFound('Move');
}

function changeFaults({ faults }: SandboxState, fields: Form): void {
	if (fields.do === 'clear') return faults.clear();
	const known = FAULT_KINDS[fields.kind ?? ''];
	if (!known) throw notFound('Fault');
	faults.add({
		...known.fault,
		method: fields.method || undefined,
		path: fields.path?.trim() || undefined,
		times: Number(fields.times || 1),
	});
}

function movePayment(state: SandboxState, company: Company, id: number, move: string | undefined): void {
	const payment = paymentMap(company).get(id);
	if (!payment) throw notFound('Payment');
	if (!['PAYMENT_QUEUED', 'PAYMENT_SENT_TO_BANK'].includes(payment.status))
		throw forbidden(`Payment is ${payment.status}.`);
	state.clock.tick();
	const place = { company, clock: state.clock, switches: state.switches };
	if (move === 'send') moveInBank(place, payment, 'PAYMENT_SENT_TO_BANK');
	else if (move === 'pay') moveInBank(place, payment, 'PAID');
	else if (move === 'refuse') refusePayment(place, payment, 'AC04');
	else throw notFound('Move');
}

function html(reply: FastifyReply, template: string, data: object): FastifyReply {
	return reply
		.type('text/html; charset=utf-8')
		.header('cache-control', 'no-store')
		.header(
			'content-security-policy',
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'",
		)
		.send(eta.render(`./${template}`, data));
}
