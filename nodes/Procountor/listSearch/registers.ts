import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../api';
import type { RegisterName } from './names';
import { listAt, objectAt } from '../utils/objects';

/** How a picker lists the records of a register. */
export interface Register {
	call: Call;
	/** Returns the records of the response, if the contract does not tell. */
	rows?: (body: IDataObject) => IDataObject[];
	query?: Record<string, string | number | boolean>;
	/** Further query parameters in a form, by `resource:operation`. */
	queryOf?: Record<string, Record<string, string>>;
	/** The parameters by which Procountor searches, tried in turn. Without them, the node reads and searches the full list. */
	search?: Array<{ query: string } | { header: string }>;
	/** Whether the entries stay in Procountor's order instead of being sorted by name. */
	keepOrder?: boolean;
	/** The node's parameter that contains the ID for the path. */
	parent?: { path: string; parameter: string; label: string };
	value: (record: IDataObject) => unknown;
	label: (record: IDataObject) => unknown[];
}

const id = (record: IDataObject): unknown => record.id;
/** Joins the values that are present: `1120 Koneet ja kalusto`, `Virtanen Aino`. */
const joinParts = (...parts: unknown[]): string => parts.filter((part) => part).join(' ');
const personName = ({ firstname, surname }: IDataObject): unknown[] => [joinParts(firstname, surname)];
const listNamed =
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
export const fileHolderRegisters: Readonly<Record<string, RegisterName>> = {
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

/** The source, stored value and shown text of each picker. */
export const registers: Record<RegisterName, Register> = {
	acceptor: {
		call: 'GET /company/invoicecirculation/settings',
		rows: listNamed('acceptors'),
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
		rows: listNamed('items'),
		parent: { path: 'dimensionId', parameter: 'dimensionId', label: 'Dimension' },
		value: id,
		label: ({ codeName, description }) => [codeName, description],
	},
	employee: {
		call: 'GET /payrolls/employees',
		value: id,
		label: ({ lastName, firstName, personNumber }) => [joinParts(lastName, firstName), personNumber],
	},
	fiscalYear: {
		call: 'GET /fiscalyears',
		keepOrder: true,
		value: id,
		label: ({ startDate, endDate, isOpen }) => [
			`${String(startDate)} – ${String(endDate)}`,
			isOpen === false ? 'closed' : undefined,
		],
	},
	invoice: {
		call: 'GET /invoices',
		keepOrder: true,
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
		label: ({ ledgerAccountCode, name }) => [joinParts(ledgerAccountCode, name)],
	},
	ledgerReceipt: {
		call: 'GET /ledgerreceipts',
		keepOrder: true,
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
		label: (record) => [joinParts(record.lastName, record.firstName), objectAt(record, 'invoicingInfo').personNumber],
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
		keepOrder: true,
		search: [{ query: 'name' }],
		value: id,
		label: ({ name, paymentPeriodStart }) => [name, paymentPeriodStart],
	},
	salarySlip: {
		call: 'GET /payrolls/salaryslips',
		keepOrder: true,
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
		keepOrder: true,
		rows: (body) => listNamed('fiscalYears')(body).flatMap((year) => listNamed('trackingPeriods')(year)),
		value: id,
		label: ({ startDate, endDate, status }) => [`${String(startDate)} – ${String(endDate)}`, status],
	},
	vatStatus: {
		call: 'GET /vats/default',
		rows: listNamed('vatStatuses'),
		value: ({ vatStatus }) => vatStatus,
		label: ({ vatStatus, description }) => [vatStatus, description],
	},
	verifier: {
		call: 'GET /company/invoicecirculation/settings',
		rows: listNamed('verifiers'),
		value: ({ userId }) => userId,
		label: personName,
	},
	verifierList: { call: 'GET /company/invoicecirculation/verifierlists', value: id, label: ({ name }) => [name] },
	webhook: { call: 'GET /webhooks', value: ({ uuid }) => uuid, label: ({ url }) => [url] },
};
