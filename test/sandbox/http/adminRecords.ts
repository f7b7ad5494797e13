import type { FastifyInstance } from 'fastify';

import { forbidden, notFound } from '../errors';
import { moveInBank, type Payment, type PaymentStatus, paymentMap, refusePayment } from '../records/payments/model';
import { type Confirmation, confirmationsOf, decide, type Decision } from '../records/secondFactor';
import { deliveriesOf, publish, sendDeliveries, type SendOptions, type WebhookEvent } from '../records/webhooks';
import type { SandboxState } from '../state';
import type { Company } from '../world/world';

interface Parameters {
	id: string;
	paymentId: string;
	transactionIdentifier: string;
	decision: Decision;
}

/** What the steering tells of a confirmation. */
const shown = ({ transactionIdentifier, companyId, userId, operationId, body, state, failure }: Confirmation) => ({
	transactionIdentifier,
	companyId,
	userId,
	operationId,
	body,
	state,
	...(failure ? { failure: failure.message } : {}),
});

/** Steering of what people and banks do: second factors, payments, notifications. */
export function registerRecordAdmin(app: FastifyInstance, at: string, state: SandboxState): void {
	const companyOf = (params: unknown): Company => {
		const company = state.world.companies.get(Number((params as Parameters).id));
		if (!company) throw notFound('Company');
		return company;
	};
	const place = (params: unknown) => ({ company: companyOf(params), clock: state.clock, switches: state.switches });

	app.get(`${at}/secondfactors`, () =>
		[...state.world.companies.values()].flatMap((company) => [...confirmationsOf(company).values()].map(shown)),
	);
	app.post(`${at}/secondfactors/:transactionIdentifier/:decision(^confirm|reject|expire$)`, ({ params }) => {
		const { transactionIdentifier, decision } = params as Parameters;
		const all = [...state.world.companies.values()].map((company) =>
			confirmationsOf(company).get(transactionIdentifier),
		);
		const found = all.find((one) => one !== undefined);
		if (!found) throw notFound('Transaction');
		state.clock.tick();
		decide(found, decision, state.clock);
		return shown(found);
	});

	const payment = (params: unknown, ...from: PaymentStatus[]): Payment => {
		const found = paymentMap(companyOf(params)).get(Number((params as Parameters).paymentId));
		if (!found) throw notFound('Payment');
		if (!from.includes(found.status)) throw forbidden(`Payment is ${found.status}.`);
		state.clock.tick();
		return found;
	};
	const payments = `${at}/companies/:id/payments`;
	app.get(payments, ({ params }) => [...paymentMap(companyOf(params)).values()]);
	app.post(`${payments}/:paymentId/send`, ({ params }) => {
		const found = payment(params, 'PAYMENT_QUEUED');
		moveInBank(place(params), found, 'PAYMENT_SENT_TO_BANK');
		return found;
	});
	app.post(`${payments}/:paymentId/pay`, ({ params, body }) => {
		const found = payment(params, 'PAYMENT_QUEUED', 'PAYMENT_SENT_TO_BANK');
		moveInBank(place(params), found, 'PAID', (body as { amount?: number } | undefined)?.amount);
		return found;
	});
	app.post(`${payments}/:paymentId/refuse`, ({ params, body }) => {
		const found = payment(params, 'PAYMENT_QUEUED', 'PAYMENT_SENT_TO_BANK');
		return refusePayment(place(params), found, (body as { errorCode?: string } | undefined)?.errorCode ?? 'AC04');
	});

	app.get(`${at}/companies/:id/deliveries`, ({ params }) => deliveriesOf(companyOf(params)));
	app.post(`${at}/companies/:id/deliveries/send`, ({ params, body }) =>
		sendDeliveries(companyOf(params), state.switches, (body ?? {}) as SendOptions),
	);
	app.post(`${at}/companies/:id/events`, ({ params, body }) => {
		const { eventType, payload } = body as { eventType: WebhookEvent; payload?: unknown };
		state.clock.tick();
		publish(place(params), eventType, payload ?? {});
		return deliveriesOf(companyOf(params));
	});
}
