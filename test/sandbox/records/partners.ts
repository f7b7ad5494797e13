import { badRequest, forbidden, notFound } from '../errors';
import { isBusinessId } from '../finnish';
import { defineRegister, type Entry } from '../world/register';
import type { Company, User } from '../world/world';
import { attachmentsOf } from './attachments';
import { getDefaultDimension, listDefaultDimensions, putDefaultDimension } from './defaults';
import { type Call, type Handlers, idOf, ok } from './handler';
import { headerText } from './headers';
import { batchAnswer, checkVersion, contains, inWindow, listAnswer, searchKey } from './lists';
import { mayView, missingRight, needEdit, type Right } from './rights';
import { products } from './products';

export type PartnerType = 'CUSTOMER' | 'SUPPLIER' | 'PERSON';

export interface Address {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: string;
}

/** The fields that the sandbox reads; what else the contract has is kept as it came. */
interface PartnerFields {
	name: string;
	type: PartnerType;
	address?: Address;
	billingAddress?: Address;
	deliveryAddress?: Address;
	invoicingInfo?: {
		customerNumber?: string;
		identifier?: string;
		identifierType?: string;
		email?: string;
		invoiceChannel?: string;
		[field: string]: unknown;
	};
	paymentInfo: { paymentMethod: string; bankAccount?: string; [field: string]: unknown };
	registryInfo?: { active?: boolean; partnerGroups?: PartnerGroup[]; [field: string]: unknown };
}

export interface Partner extends PartnerFields {
	id: number;
}

export interface PartnerGroup {
	id: number;
	name: string;
	type: PartnerType;
	active?: boolean;
}

export const partners = defineRegister<Partner>('partners', 501);
export const partnerGroups = defineRegister<PartnerGroup>('partnerGroups', 41);

export const partnerRight = (type: PartnerType): Right =>
	type === 'CUSTOMER'
		? 'sales.customerRegister'
		: type === 'SUPPLIER'
			? 'purchases.supplierRegister'
			: 'salaries.personRegister';

const refuseUnseen = (user: User) => (entry: Entry<Partner>) => {
	if (!mayView(user, partnerRight(entry.record.type))) throw forbidden();
};

const show =
	(call: Call) =>
	(entry: Entry<Partner>): unknown => ({
		...entry.record,
		attachments: attachmentsOf(call.company, `${entry.record.type}_BUSINESS_PARTNER_REGISTER`, entry.id),
		version: call.clock.text(entry.version),
	});

/** The short form of the list. */
const showBasic =
	(call: Call) =>
	(entry: Entry<Partner>): unknown => {
		const { id, name, type, billingAddress, invoicingInfo, registryInfo } = entry.record;
		const { customerNumber, identifier, identifierType } = invoicingInfo ?? {};
		return {
			id,
			name,
			...(billingAddress ? { billingAddress } : {}),
			invoicingInfo: { customerNumber, identifier, identifierType },
			registryInfo: { active: registryInfo?.active ?? true },
			type,
			version: call.clock.text(entry.version),
		};
	};

/** What a partner must fulfil beyond the contract. @throws Refusal 400 */
function check(company: Company, partner: PartnerFields, id?: number): void {
	if (partner.type === 'PERSON') throw badRequest('Persons are kept in the person register.', 'type');
	if (partner.type === 'CUSTOMER' && !partner.address)
		throw badRequest('Address is required for a customer.', 'address');
	const { identifier, identifierType, customerNumber } = partner.invoicingInfo ?? {};
	if (identifier !== undefined && (identifierType === 'FI' || identifierType === 'YHD') && !isBusinessId(identifier)) {
		throw badRequest('ERROR_BRN_CODE', 'invoicingInfo.identifier');
	}
	if (partner.paymentInfo.paymentMethod === 'DKLMPKRE')
		throw badRequest('Payment method cannot be used.', 'paymentInfo.paymentMethod');
	const twin = company
		.register(partners)
		.all()
		.find(
			({ record }) =>
				record.id !== id &&
				record.type === partner.type &&
				customerNumber !== undefined &&
				record.invoicingInfo?.customerNumber === customerNumber,
		);
	if (twin && twin.record.invoicingInfo?.identifier !== identifier) {
		throw badRequest('A partner with the same number and another VAT number exists.', 'invoicingInfo.customerNumber');
	}
}

function stored(call: Call): PartnerFields {
	const fields: Partial<Partner> & { version?: string; attachments?: unknown } = { ...(call.body as Partner) };
	delete fields.id;
	delete fields.version;
	delete fields.attachments;
	return { ...(fields as PartnerFields), registryInfo: { active: true, ...fields.registryInfo } };
}

function find(call: Call): Entry<Partner> {
	const entry = call.company.register(partners).get(idOf(call, 'id'));
	if (!entry) throw notFound('Partner');
	return entry;
}

/** Persons are among the partners, or in their own register only: see the switch `personsAmongPartners`. */
const isShown = (call: Call, { type }: Partner) => type !== 'PERSON' || call.switches.personsAmongPartners;

/** Whether a search by business ID finds a partner: see the switch `partnerIdentifierSearch`. */
function hasIdentifier(call: Call, wanted: string | undefined, identifier = ''): boolean {
	const { partnerIdentifierSearch: how } = call.switches;
	const plain = (text: string) => (how === 'eitherForm' ? text.replace(/^(\d{7})-(\d)$/, '$1$2') : text);
	return wanted === undefined || contains(plain(wanted), plain(identifier), how !== 'parts');
}

/** What `version` means in PUT is open: see the switch `partnerPutVersion`. @throws Refusal 400 */
function checkPutVersion(call: Call, entry: Entry<Partner>): void {
	const { version } = call.body as { version?: string };
	if (version === undefined) return;
	if (call.switches.partnerPutVersion === 'refused') throw badRequest('Unrecognized field.', 'version');
	if (call.switches.partnerPutVersion === 'checked') checkVersion(call, entry, version);
}

const PATCHABLE = ['id', 'name', 'type', 'address', 'invoicingInfo', 'paymentInfo', 'version'];

export const partnerHandlers: Handlers = {
	searchBusinessPartners: (call: Call) => {
		const { type, identifierType, customerNumber, partnerGroup, mainGroup } = call.query;
		const active = call.query.active ?? true;
		const [name, identifier] = [headerText(call, 'name'), headerText(call, 'identifier')];
		const types = (['CUSTOMER', 'SUPPLIER', 'PERSON'] as const).filter((one) => type === undefined || type === one);
		const seen = types.filter((one) => mayView(call.user, partnerRight(one)));
		if (seen.length === 0) return missingRight(call);
		const searched = call.switches.rowsHiddenAfterPaging ? types : seen;
		const found = call.company.register(partners).select(searchKey(call), (entry) => {
			if (!inWindow(call, 'version', entry.version)) return false;
			const { record } = entry;
			const info = record.invoicingInfo;
			const groups = (record.registryInfo?.partnerGroups ?? []).map((group) => group.name);
			return (
				searched.includes(record.type) &&
				isShown(call, record) &&
				(record.registryInfo?.active ?? true) === active &&
				contains(identifierType, info?.identifierType, true) &&
				contains(customerNumber, info?.customerNumber, call.switches.customerNumberSearchExact) &&
				(partnerGroup === undefined || groups.includes(String(partnerGroup))) &&
				(mainGroup === undefined || groups.includes(String(mainGroup))) &&
				contains(name, record.name) &&
				hasIdentifier(call, identifier, info?.identifier)
			);
		});
		return listAnswer(call, found, {
			show: showBasic(call),
			isHidden: ({ record }) => !seen.includes(record.type),
		});
	},
	getBusinessPartner: (call: Call) =>
		batchAnswer(call, 'Partner', call.company.register(partners), show(call), (entry) => {
			if (!isShown(call, entry.record)) throw notFound('Partner');
			refuseUnseen(call.user)(entry);
		}),
	insertBusinessPartner: (call: Call) => {
		const partner = stored(call);
		check(call.company, partner);
		needEdit(call.user, partnerRight(partner.type));
		return ok(show(call)(call.company.register(partners).add((id) => ({ ...partner, id }), call.user.id)));
	},
	putBusinessPartner: (call: Call) => {
		const entry = find(call);
		needEdit(call.user, partnerRight(entry.record.type));
		checkPutVersion(call, entry);
		const partner = stored(call);
		if (partner.type !== entry.record.type) throw badRequest('Partner type cannot be changed.', 'type');
		check(call.company, partner, entry.id);
		call.company.register(partners).put(entry, { ...partner, id: entry.id });
		return ok(show(call)(entry));
	},
	/** Changes the given fields alone; only some can be given, and the version must be the latest. */
	updateBusinessPartner: (call: Call) => {
		const entry = find(call);
		needEdit(call.user, partnerRight(entry.record.type));
		const { version, ...body } = call.body as Partner & { version?: string };
		checkVersion(call, entry, version ?? call.query.version);
		const unsupported = Object.keys(body).find((field) => !PATCHABLE.includes(field));
		if (unsupported) throw badRequest('Field cannot be changed with PATCH.', unsupported);
		const merged: Partner = { ...entry.record, ...body, id: entry.id };
		for (const field of ['address', 'invoicingInfo', 'paymentInfo'] as const) {
			if (body[field]) Object.assign(merged, { [field]: { ...entry.record[field], ...body[field] } });
		}
		check(call.company, merged, entry.id);
		call.company.register(partners).put(entry, merged);
		return ok(show(call)(entry));
	},
	getDefaultAccounts: (call: Call) => {
		const { type } = find(call).record;
		if (type === 'PERSON') throw notFound('Partner');
		const accounts = (debit: string, credit: string) => ({
			debitAccount: { code: debit, name: debit },
			creditAccount: { code: credit, name: credit },
		});
		return ok({
			vatPercent: 25.5,
			vatDeduction: 100,
			vatStatus: 1,
			combineInvoiceRows: false,
			...(type === 'CUSTOMER'
				? { salesInvoiceAccounts: accounts('1701', '3000') }
				: { purchaseInvoiceAccounts: accounts('4000', '2871') }),
		});
	},
	getDefaultDimensions1: (call: Call) => listDefaultDimensions(call, `partners/${find(call).id}`),
	getDefaultDimension1: (call: Call) => getDefaultDimension(call, `partners/${find(call).id}`),
	updateDefaultDimension2: (call: Call) => putDefaultDimension(call, `partners/${find(call).id}`),
	getDefaultProducts: (call: Call) => {
		const side = find(call).record.type === 'CUSTOMER' ? 'SALES' : 'PURCHASE';
		const product = call.company
			.register(products)
			.all()
			.find(({ record }) => record.type === side && record.active);
		if (!product) return ok([]);
		return ok([
			{
				id: 1,
				productInfo: { ...product.record, version: call.clock.text(product.version) },
				defaultSettings: { useSpecialDiscount: false, useSpecialPrice: false, useSpecialVat: false, amount: 1 },
				validityPeriods: [],
			},
		]);
	},
	getPersonalDetails: (call: Call) => {
		const entry = call.company.register(partners).get(call.user.partnerId ?? 0);
		if (!entry) throw notFound('Person');
		const { address, invoicingInfo } = entry.record;
		const { customerNumber, identifier, identifierType } = invoicingInfo ?? {};
		return ok({
			partnerId: entry.id,
			firstName: call.user.firstName,
			lastName: call.user.lastName,
			language: 'FINNISH',
			address: address ?? {},
			invoicingInfo: { customerNumber, identifier, identifierType },
		});
	},

	getPartnerGroups: (call: Call) => {
		const { name, type, active } = call.query;
		const found = call.company
			.register(partnerGroups)
			.select(
				searchKey(call),
				({ record }) =>
					contains(name, record.name) &&
					(type === undefined || record.type === type) &&
					(active === undefined || record.active === active),
			);
		return listAnswer(call, found, { show: ({ record }) => record });
	},
	getPartnerGroup: (call: Call) => ok(findGroup(call).record),
	createBusinessPartnerGroup: (call: Call) => {
		const { name, type, active = true } = call.body as PartnerGroup;
		needEdit(call.user, partnerRight(type));
		return ok(call.company.register(partnerGroups).add((id) => ({ id, name, type, active }), call.user.id).record);
	},
	updateBusinessPartnerGroup: (call: Call) => {
		const entry = findGroup(call);
		const { name, type, active = true } = call.body as PartnerGroup;
		needEdit(call.user, partnerRight(entry.record.type));
		call.company.register(partnerGroups).put(entry, { id: entry.id, name, type, active });
		return ok(entry.record);
	},
};

function findGroup(call: Call): Entry<PartnerGroup> {
	const entry = call.company.register(partnerGroups).get(idOf(call, 'id'));
	if (!entry) throw notFound('Partner group');
	return entry;
}
