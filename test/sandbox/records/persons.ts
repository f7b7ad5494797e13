import { badRequest, notFound } from '../errors';
import { isIban } from '../finnish';
import type { Entry } from '../world/register';
import type { Company } from '../world/world';
import { getDefaultDimension, listDefaultDimensions, putDefaultDimension } from './defaults';
import { type Call, type Handlers, idOf, ok } from './handler';
import { checkVersion, contains, listAnswer } from './lists';
import { type Partner, partnerGroups, partners } from './partners';
import { products } from './products';
import { mayView, missingRight, needEdit } from './rights';

interface PersonAddress {
	street?: string;
	zip?: string;
	city?: string;
	country?: string;
}

/** A person's fields that the sandbox reads; what else the contract has is kept as it came. */
export interface PersonFields {
	firstName?: string;
	lastName: string;
	deliveryAddress?: PersonAddress;
	paymentInfo: {
		paymentMethod: string;
		paymentTermDays: string;
		penalInterestRate: number;
		accountNumber?: string;
		[field: string]: unknown;
	};
	invoicingInfo: {
		language: string;
		gender: string;
		personNumber?: string;
		identifier?: string;
		identifierType?: string;
		[field: string]: unknown;
	};
	registryInfo: {
		active: boolean;
		personGroupsIds?: number[];
		reportGroupId?: number;
		email?: string;
		[field: string]: unknown;
	};
}

/** What the person register knows beyond the partner of the same id. */
const details = (company: Company) => company.fact('persons', () => new Map<number, PersonFields>());

/** A person by the partner of type PERSON with the same id. One that came as a partner alone has what can be told from that. */
export function personOf(company: Company, { id, record }: Entry<Partner>): PersonFields {
	const known = details(company).get(id);
	if (known) return known;
	const [lastName, ...firstNames] = record.name.split(' ');
	const { street, zip, city, country } = record.address ?? {};
	const { customerNumber, language } = record.invoicingInfo ?? {};
	return {
		firstName: firstNames.join(' '),
		lastName,
		deliveryAddress: { street, zip, city, country },
		paymentInfo: {
			paymentMethod: 'BANK_TRANSFER',
			paymentTermDays: '14',
			penalInterestRate: 0,
			accountNumber: record.paymentInfo.bankAccount,
		},
		invoicingInfo: {
			personNumber: customerNumber,
			language: language === 'SWEDISH' || language === 'ENGLISH' ? language : 'FINNISH',
			gender: 'NOT_APPLICABLE',
		},
		registryInfo: {
			active: record.registryInfo?.active ?? true,
			personGroupsIds: (record.registryInfo?.partnerGroups ?? []).map((group) => group.id),
		},
	};
}

/** Persons in the register, by rising id. */
export const personEntries = (company: Company): Array<Entry<Partner>> =>
	company
		.register(partners)
		.all()
		.filter(({ record }) => record.type === 'PERSON');

/** @returns the entry of a person, or undefined */
export function personEntry(company: Company, id: number): Entry<Partner> | undefined {
	const entry = company.register(partners).get(id);
	return entry?.record.type === 'PERSON' ? entry : undefined;
}

/** The same person as the partner register shows it. */
function asPartner(company: Company, person: PersonFields): Omit<Partner, 'id'> {
	const { personNumber, identifier, identifierType, language } = person.invoicingInfo;
	const groups = (person.registryInfo.personGroupsIds ?? []).flatMap(
		(id) => company.register(partnerGroups).get(id)?.record ?? [],
	);
	return {
		name: [person.lastName, person.firstName].filter(Boolean).join(' '),
		type: 'PERSON',
		address: person.deliveryAddress,
		billingAddress: person.deliveryAddress,
		invoicingInfo: { customerNumber: personNumber, identifier, identifierType, invoiceChannel: 'NO_SENDING', language },
		paymentInfo: {
			paymentMethod: person.paymentInfo.paymentMethod,
			currency: 'EUR',
			paymentTermDays: person.paymentInfo.paymentTermDays,
			bankAccount: person.paymentInfo.accountNumber,
		},
		registryInfo: { active: person.registryInfo.active, email: person.registryInfo.email, partnerGroups: groups },
	};
}

/** Adds a person under a new id of the partner register. */
export function addPerson(company: Company, person: PersonFields, creatorId: number, at?: number): Entry<Partner> {
	const partner = asPartner(company, person);
	const entry = company.register(partners).add((id) => ({ ...partner, id }), creatorId, { at });
	details(company).set(entry.id, person);
	return entry;
}

/** Tells what is known of a person who is a partner already. */
export function describePerson(company: Company, entry: Entry<Partner>, person: PersonFields): void {
	details(company).set(entry.id, person);
	entry.record = { ...asPartner(company, person), id: entry.id };
}

const show =
	(call: Call) =>
	(entry: Entry<Partner>): unknown => ({
		id: entry.id,
		...personOf(call.company, entry),
		version: call.clock.text(entry.version),
	});

/** The short form of the list. */
const showBasic =
	(call: Call) =>
	(entry: Entry<Partner>): unknown => {
		const {
			firstName,
			lastName,
			deliveryAddress: address,
			invoicingInfo,
			registryInfo,
		} = personOf(call.company, entry);
		const { personNumber, identifier, identifierType } = invoicingInfo;
		return {
			id: entry.id,
			lastName,
			firstName,
			...(address
				? {
						deliveryAddress: { street: address.street, zip: address.zip, city: address.city, country: address.country },
					}
				: {}),
			invoicingInfo: { personNumber, identifier, identifierType },
			registryInfo: { active: registryInfo.active },
		};
	};

function find(call: Call): Entry<Partner> {
	const entry = personEntry(call.company, idOf(call, 'id'));
	if (!entry) throw notFound('Person');
	return entry;
}

const SIGNS = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const CENTURY_SIGNS = '[-+YXWVUABCDEF]';

/** A Finnish personal identity code from its beginning (`010190-901`): the check sign is added. */
export const identityCode = (beginning: string): string =>
	beginning + SIGNS[Number(beginning.slice(0, 6) + beginning.slice(7)) % 31];

/** Whether a text is a Finnish personal identity code with the right check sign. */
export function isIdentityCode(text: string): boolean {
	return new RegExp(`^\\d{6}${CENTURY_SIGNS}\\d{3}[0-9A-Y]$`).test(text) && identityCode(text.slice(0, -1)) === text;
}

/** The person of a body, without what the server decides. @throws Refusal 400 */
function checked(call: Call): PersonFields {
	const { id, version, ...person } = call.body as PersonFields & { id?: number; version?: string };
	if (id !== undefined && String(id) !== call.params.id && call.params.id !== undefined)
		throw badRequest('Person id does not match.', 'id');
	if (version !== undefined && call.operation.method === 'POST') throw badRequest('Version is not allowed.', 'version');
	const { identifier, identifierType } = person.invoicingInfo;
	if (identifier !== undefined && identifierType === 'HETU' && !isIdentityCode(identifier))
		throw badRequest('Personal identity code is not valid.', 'invoicingInfo.identifier');
	const { accountNumber } = person.paymentInfo;
	if (accountNumber !== undefined && accountNumber !== '' && !isIban(accountNumber))
		throw badRequest('Bank account must be an IBAN without spaces.', 'paymentInfo.accountNumber');
	if (!/^\d{1,3}$/.test(person.paymentInfo.paymentTermDays))
		throw badRequest('Payment term must be from 0 to 999 days.', 'paymentInfo.paymentTermDays');
	const { personGroupsIds = [], reportGroupId } = person.registryInfo;
	const isGroup = (groupId: number) => call.company.register(partnerGroups).get(groupId)?.record.type === 'PERSON';
	if (!personGroupsIds.every(isGroup)) throw badRequest('Person group does not exist.', 'registryInfo.personGroupsIds');
	if (reportGroupId !== undefined && !isGroup(reportGroupId))
		throw badRequest('Person group does not exist.', 'registryInfo.reportGroupId');
	return person;
}

export const personHandlers: Handlers = {
	/** Without `includeInactive` the inactive ones do not show. */
	getPersons: (call: Call) => {
		if (!mayView(call.user, 'salaries.personRegister')) return missingRight(call);
		const { personNumber, mainPersonGroup, personGroupId, includeInactive } = call.query;
		const groupName = (id: number) => call.company.register(partnerGroups).get(id)?.record.name;
		const found = personEntries(call.company).filter((entry) => {
			const { invoicingInfo, registryInfo } = personOf(call.company, entry);
			const groups = registryInfo.personGroupsIds ?? [];
			// The main group is the first of a person's groups.
			return (
				(registryInfo.active || includeInactive === true) &&
				contains(personNumber, invoicingInfo.personNumber) &&
				(mainPersonGroup === undefined || (groups.length > 0 && groupName(groups[0]) === mainPersonGroup)) &&
				(personGroupId === undefined || groups.includes(Number(personGroupId)))
			);
		});
		return listAnswer(call, found, { show: showBasic(call) });
	},
	getPersonById: (call: Call) => ok(show(call)(find(call))),
	insertPerson: (call: Call) => {
		needEdit(call.user, 'salaries.personRegister');
		return ok(show(call)(addPerson(call.company, checked(call), call.user.id)));
	},
	/** Replaces the person; the version must be given and be the latest. */
	updatePerson: (call: Call) => {
		const entry = find(call);
		needEdit(call.user, 'salaries.personRegister');
		checkVersion(call, entry, (call.body as { version?: string }).version);
		const person = checked(call);
		describePerson(call.company, entry, person);
		call.company.register(partners).touch(entry);
		return ok(show(call)(entry));
	},
	getPersonDefaultDimensionsByPersonId: (call: Call) => listDefaultDimensions(call, `partners/${find(call).id}`),
	getPersonDefaultDimensionById: (call: Call) => getDefaultDimension(call, `partners/${find(call).id}`),
	updateDefaultDimension1: (call: Call) => {
		needEdit(call.user, 'salaries.personRegister');
		return putDefaultDimension(call, `partners/${find(call).id}`);
	},
	/** In the sandbox a person's products are the travel products that are in use. */
	getPersonDefaultProducts: (call: Call) => {
		find(call);
		const travel = call.company
			.register(products)
			.all()
			.filter(({ record }) => record.type === 'TRAVEL' && record.active);
		return ok(
			travel.map((product, index) => ({
				id: index + 1,
				productInfo: { ...product.record, version: call.clock.text(product.version) },
				validityPeriods: [],
				defaultSettings: { useSpecialDiscount: false, useSpecialPrice: false, useSpecialVat: false, amount: 1 },
			})),
		);
	},
};
