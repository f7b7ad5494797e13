import { createHash } from 'node:crypto';

import { badRequest, forbidden, notFound, Refusal } from '../errors';
import type { Company, World } from '../world/world';
import { type Answer, type Call, type Handlers, idOf, ok } from './handler';
import { listOrObject } from './lists';
import { factsOf } from './company';

/** A wish of companies to use an integration that this company offers. */
export interface IntegrationRequest {
	id: number;
	integrationId: string;
	/** Instant. */
	expires: number;
	initiator: { email?: string; userFullName?: string };
	companyIds: number[];
}

/** What a company offers to others, and who uses it. */
export interface Integrations {
	requests: IntegrationRequest[];
	/** Integration → companies that use it. */
	customers: Map<string, Set<number>>;
}

export const integrationsOf = (company: Company): Integrations =>
	company.fact('integrations', () => ({ requests: [], customers: new Map<string, Set<number>>() }));

function needTool(call: Call): void {
	if (!call.company.settings.apiIntegrator) throw forbidden('The company does not have the API Integrator tool.');
}

function find(call: Call): IntegrationRequest {
	needTool(call);
	const request = integrationsOf(call.company).requests.find(({ id }) => id === idOf(call, 'requestId'));
	if (!request) throw notFound('API integration request');
	if (request.expires <= call.clock.now()) throw new Refusal(410, 'API integration request has expired.');
	return request;
}

function extraInfo(world: World, id: number): unknown {
	const company = world.company(id);
	const { country, businessIdentifier } = factsOf(company).info;
	return { companyName: company.name, country, businessIdentifier };
}

/** The key of the technical user that an approved company gets; one that it has already stays the same. */
function keyOf(world: World, companyId: number, clientId: string): string {
	const company = world.company(companyId);
	const role = 'API technical user';
	const known = [...company.users.values()].find((user) => user.role === role);
	const user = known ?? {
		id: Math.max(...company.users.keys()) + 1,
		username: `api.${companyId}`,
		firstName: 'API',
		lastName: 'Technical',
		email: 'api@example.fi',
		mobilePhone: '',
		role,
		apiLoginOnly: true,
		rights: [...company.users.values()][0].rights,
	};
	company.users.set(user.id, user);
	const existing = [...world.keys.values()].find(
		(key) => key.companyId === companyId && key.userId === user.id && !key.revoked,
	);
	if (existing) return existing.key;
	const key = createHash('sha256').update(`technical user of ${companyId}`).digest('hex').slice(0, 40);
	return world.addKey({ key, clientId, companyId, userId: user.id }).key;
}

/** Every company of the request must be approved or rejected, none twice, and no other. */
function update(call: Call): Answer {
	const request = find(call);
	const { approve = [], reject = [] } = call.body as { approve?: number[]; reject?: Array<{ companyId?: number }> };
	const decided = [...approve, ...reject.map(({ companyId }) => companyId)];
	const same = decided.length === request.companyIds.length && request.companyIds.every((id) => decided.includes(id));
	if (!same) throw badRequest('Companies do not match those of the request.', 'approve');
	const users = integrationsOf(call.company).customers;
	const customers = users.get(request.integrationId) ?? new Set<number>();
	for (const id of approve) customers.add(id);
	users.set(request.integrationId, customers);
	const clientId = [...call.world.clients.keys()][0];
	return ok({
		integrationId: request.integrationId,
		companiesIntegrated: approve.map((companyId) => ({ companyId, apiKey: keyOf(call.world, companyId, clientId) })),
	});
}

export const integrationHandlers: Handlers = {
	getIntegrationRequest: (call: Call) => {
		const { integrationId, expires, initiator, companyIds } = find(call);
		const companiesToIntegrate = companyIds.map((companyId) => ({
			companyId,
			extraInfo: extraInfo(call.world, companyId),
		}));
		return ok({ integrationId, expires: call.clock.text(expires), initiator, companiesToIntegrate });
	},
	updateIntegrationRequest: update,
	fetchIntegrationOwnerCustomersInfo: (call: Call) => {
		needTool(call);
		const customers = integrationsOf(call.company).customers.get(call.params.integrationId);
		if (!customers) throw forbidden('The integration belongs to another company.');
		return listOrObject(
			call,
			[...customers].map((companyId) => ({ companyId, integrationVersionStatus: 'APPROVED' })),
		);
	},
};
