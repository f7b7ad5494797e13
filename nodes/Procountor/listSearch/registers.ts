import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../api';
import type { RegisterName } from './names';
import { listAt, objectAt } from '../utils/objects';

/** A register as a list to choose from. */
export interface Register {
	call: Call;
	/** The list in the answer, where the contract does not tell. */
	rows?: (body: IDataObject) => IDataObject[];
	query?: Record<string, string | number | boolean>;
	/** The same for one operation's form, by `resource:operation`. */
	queryOf?: Record<string, Record<string, string>>;
	/** The parameters that search on Procountor's side, tried in turn; elsewhere the whole list is read and searched here. */
	search?: Array<{ query: string } | { header: string }>;
	/** The entries stay in Procountor's order; otherwise they are sorted by name. */
	keepsOrder?: boolean;
	/** The parameter of the node that gives the path its id. */
	parent?: { path: string; parameter: string; label: string };
	value: (record: IDataObject) => unknown;
	label: (record: IDataObject) => unknown[];
}

const id = (record: IDataObject): unknown => record.id;
/** `1120 Koneet ja kalusto`, `Virtanen Aino`: what belongs together, as far as it is there. */
const joined = (...parts: unknown[]): string => parts.filter((part) => part).join(' ');
const personName = ({ firstname, surname }: IDataObject): unknown[] => [joined(firstname, surname)];
const listIn =
	(name: string) =>
	(body: IDataObject): IDataObject[] =>
		listAt(body, name);

/** Business partners, of one type or all. */
function partners(type?: string): Register {
	return {
		call: 'GET /businesspartners',
		...(type ? { query: { type } } : {}),
		search: [{ header: 'name' }, { query: 'customerNumber' }, { header: 'identifier' }],
		value: id,
		label: (record) => {
			const { customerNumber, identifier } = objectAt(record, 'invoicingInfo');
			return [record.name, customerNumber, identifier];
		},
	};
}

/** The registers of records with files, by the choices of Attachment: Upload and Upload Many. */
export const holderRegisters: Readonly<Record<string, RegisterName>> = {
	INVOICE: 'invoice',
	invoice: 'invoice',
	LEDGERRECEIPT: 'ledgerReceipt',
	ledgerReceipt: 'ledgerReceipt',
	CUSTOMER_BUSINESS_PARTNER_REGISTER: 'customer',
	SUPPLIER_BUSINESS_PARTNER_REGISTER: 'supplier',
	businessPartner: 'businessPartner',
	PERSON_BUSINESS_PARTNER_REGISTER: 'person',
	person: 'person',
	PURCHASE_PRODUCT_REGISTER: 'product',
	SALES_PRODUCT_REGISTER: 'product',
	product: 'product',
};

/** Every picker: where its list comes from, which value is stored, and which text is shown. */
export const registers: Record<RegisterName, Register> = {
	acceptor: {
		call: 'GET /company/invoicecirculation/settings',
		rows: listIn('acceptors'),
		value: ({ userId }) => userId,
		label: personName,
	},
	bankAccount: {
		call: 'GET /bankaccounts',
		value: ({ iban, accountNumber }) => iban ?? accountNumber,
		label: ({ iban, accountNumber, bankName }) => [iban ?? accountNumber, bankName],
	},
	businessPartner: partners(),
	customer: partners('CUSTOMER'),
	companyBankAccount: {
		call: 'GET /bankaccounts',
		value: id,
		label: ({ iban, accountNumber, bankName }) => [iban ?? accountNumber, bankName],
	},
	dimension: { call: 'GET /dimensions', value: id, label: ({ name }) => [name] },
	dimensionItem: {
		call: 'GET /dimensions/{dimensionId}',
		rows: listIn('items'),
		parent: { path: 'dimensionId', parameter: 'dimensionId', label: 'Dimension' },
		value: id,
		label: ({ codeName, description }) => [codeName, description],
	},
	employee: {
		call: 'GET /payrolls/employees',
		value: id,
		label: ({ lastName, firstName, personNumber }) => [joined(lastName, firstName), personNumber],
	},
	fiscalYear: {
		call: 'GET /fiscalyears',
		keepsOrder: true,
		value: id,
		label: ({ startDate, endDate, isOpen }) => [
			`${String(startDate)} – ${String(endDate)}`,
			isOpen === false ? 'closed' : undefined,
		],
	},
	invoice: {
		call: 'GET /invoices',
		keepsOrder: true,
		search: [{ query: 'searchTerm' }],
		value: id,
		label: (record) => [
			record.invoiceNumber,
			objectAt(objectAt(record, 'counterParty'), 'counterPartyAddress').name,
			record.date,
		],
	},
	invoiceTemplate: { call: 'GET /company/invoicetemplates', value: id, label: ({ name }) => [name] },
	laborUnionSetting: { call: 'GET /payrolls/laborunionsettings', value: id, label: ({ name }) => [name] },
	ledgerAccount: {
		call: 'GET /coa',
		value: ({ ledgerAccountCode }) => ledgerAccountCode,
		label: ({ ledgerAccountCode, name }) => [joined(ledgerAccountCode, name)],
	},
	ledgerReceipt: {
		call: 'GET /ledgerreceipts',
		keepsOrder: true,
		value: id,
		label: ({ receiptNumber, name, receiptDate }) => [receiptNumber, name, receiptDate],
	},
	partnerGroup: {
		call: 'GET /businesspartners/groups',
		search: [{ query: 'name' }],
		value: id,
		label: ({ name, type }) => [name, type],
	},
	person: {
		call: 'GET /persons',
		value: id,
		label: (record) => [joined(record.lastName, record.firstName), objectAt(record, 'invoicingInfo').personNumber],
	},
	product: {
		call: 'GET /products',
		queryOf: { 'invoice:create': { type: 'SALES' }, 'invoice:createPurchase': { type: 'PURCHASE' } },
		search: [{ query: 'name' }, { query: 'code' }],
		value: id,
		label: ({ name, code }) => [name, code],
	},
	productGroup: { call: 'GET /products/groups', value: id, label: ({ name, type }) => [name, type] },
	salaryList: {
		call: 'GET /payrolls/salarylists',
		keepsOrder: true,
		search: [{ query: 'name' }],
		value: id,
		label: ({ name, paymentPeriodStart }) => [name, paymentPeriodStart],
	},
	salarySlip: {
		call: 'GET /payrolls/salaryslips',
		keepsOrder: true,
		search: [{ query: 'employeeName' }],
		value: id,
		label: ({ employeeName, slipNumber, payday }) => [employeeName, slipNumber, payday],
	},
	supplier: partners('SUPPLIER'),
	taggableUser: {
		call: 'GET /invoices/{invoiceId}/comments/taggableusers',
		parent: { path: 'invoiceId', parameter: 'invoiceId', label: 'Invoice' },
		value: ({ displayName }) => displayName,
		label: ({ fullName, displayName }) => [fullName, displayName],
	},
	trackingPeriod: {
		call: 'GET /fiscalyears',
		keepsOrder: true,
		rows: (body) => listIn('fiscalYears')(body).flatMap((year) => listIn('trackingPeriods')(year)),
		value: id,
		label: ({ startDate, endDate, status }) => [`${String(startDate)} – ${String(endDate)}`, status],
	},
	vatStatus: {
		call: 'GET /vats/default',
		rows: listIn('vatStatuses'),
		value: ({ vatStatus }) => vatStatus,
		label: ({ vatStatus, description }) => [vatStatus, description],
	},
	verifier: {
		call: 'GET /company/invoicecirculation/settings',
		rows: listIn('verifiers'),
		value: ({ userId }) => userId,
		label: personName,
	},
	verifierList: { call: 'GET /company/invoicecirculation/verifierlists', value: id, label: ({ name }) => [name] },
	webhook: { call: 'GET /webhooks', value: ({ uuid }) => uuid, label: ({ url }) => [url] },
};
