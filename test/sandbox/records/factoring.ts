import { badRequest, forbidden, notFound } from '../errors';
import { isIban } from '../finnish';
import { defineRegister } from '../world/register';
import { type Call, type Handlers, ok } from './handler';
import { listAnswer } from './lists';
import { needEdit } from './rights';

export interface FactoringContract {
	id: number;
	financingCompany: { id?: string; name?: string };
	financingCompanyBankAccount: string;
	contractNumber: string;
	status: 'ACTIVE' | 'INACTIVE';
	transferNotification?: Array<{ lang: string }>;
	[field: string]: unknown;
}

interface BasicFactoringContract {
	id: number;
	financingCompanyName: string;
	financingCompanyBankAccount: string;
	contractNumber: string;
	status: 'ACTIVE' | 'INACTIVE';
	transferNotification?: Array<{ lang: string }>;
	[field: string]: unknown;
}

export const factoringContracts = defineRegister<FactoringContract>('factoringContracts', 91);
const basicContracts = defineRegister<BasicFactoringContract>('basicFactoringContracts', 91);

/** Finnish and Swedish contracts have calls of their own; both need external financing. @throws Refusal 403 */
function needFinancing(call: Call, country: 'FINLAND' | 'SWEDEN'): void {
	if (call.company.settings.country !== country) throw forbidden(`Supported in the environments of ${country} only.`);
	if (!call.company.settings.externalFinancing) throw forbidden('External financing is not enabled for the company.');
}

function checkNotifications({ transferNotification = [] }: Pick<FactoringContract, 'transferNotification'>): void {
	const languages = transferNotification.map(({ lang }) => lang);
	if (new Set(languages).size < languages.length)
		throw badRequest('Language is given more than once.', 'transferNotification');
}

export const factoringHandlers: Handlers = {
	getFactoringContracts: (call: Call) => {
		needFinancing(call, 'FINLAND');
		const { financingCompanyId } = call.query;
		const found = call.company
			.register(factoringContracts)
			.all()
			.filter(({ record }) => financingCompanyId === undefined || record.financingCompany.id === financingCompanyId);
		return listAnswer(call, found, { show: ({ record }) => record });
	},
	addFactoringContract1: (call: Call) => {
		needFinancing(call, 'FINLAND');
		needEdit(call.user, 'management.basicCompanyInfo');
		const body = call.body as FactoringContract;
		checkNotifications(body);
		if (!body.financingCompany.id) throw badRequest('Financing company is required.', 'financingCompany.id');
		if (!isIban(body.financingCompanyBankAccount))
			throw badRequest('Bank account must be an IBAN without spaces.', 'financingCompanyBankAccount');
		return ok(call.company.register(factoringContracts).add((id) => ({ ...body, id }), call.user.id).record);
	},
	/** The contract describes one object: the latest contract. */
	getBasicFactoringContracts: (call: Call) => {
		needFinancing(call, 'SWEDEN');
		const latest = call.company.register(basicContracts).all().at(-1);
		if (!latest) throw notFound('Factoring contract');
		return ok(latest.record);
	},
	addFactoringContract: (call: Call) => {
		needFinancing(call, 'SWEDEN');
		needEdit(call.user, 'management.basicCompanyInfo');
		const body = call.body as BasicFactoringContract;
		checkNotifications(body);
		return ok(
			call.company
				.register(basicContracts)
				.add((id) => ({ ...body, status: body.status ?? 'ACTIVE', id }), call.user.id).record,
		);
	},
};
