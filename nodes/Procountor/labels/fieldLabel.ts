import { terms, titleOf } from './terms';

/** The names of the entries of the API's lists, which are followed by a number. */
const memberNames: Readonly<Record<string, string>> = {
	invoiceRows: 'Row',
	transactions: 'Transaction',
	dimensionItemValues: 'Dimension',
	travelInformationItems: 'Travel Information',
	bccAddresses: 'BCC Address',
	allocationMetadataRows: 'Row',
	productLocalizations: 'Translation',
	associatedAccounts: 'Associated Account',
};

/** The labels of names that depend on the name before them in a path. */
const pairLabels: Readonly<Record<string, string>> = {
	'bankAccount.accountNumber': 'Bank Account',
	'bankAccount.bic': 'BIC',
	'einvoiceAddress.address': 'E-Invoice Address',
	'einvoiceAddress.operator': 'E-Invoice Operator',
	'einvoiceAddress.ediId': 'EDI ID',
	'deliveryTermsInfo.name': 'Terms of Delivery',
	'deliveryTermsInfo.municipality': 'Place of Delivery',
};

/** Groups of the API that are left out of labels. */
const hiddenGroups = new Set([
	'paymentInfo',
	'extraInfo',
	'deliveryTermsInfo',
	'invoicingInfo',
	'additionalInfo',
	'invoiceApprovalInformation',
	'basicCompanyInfo',
]);

function memberName(list: string): string {
	const known = Object.hasOwn(memberNames, list) ? memberNames[list] : undefined;
	if (known !== undefined) return known;
	return titleOf(list)
		.replace(/ies$/, 'y')
		.replace(/([^s])s$/, '$1');
}

/** Splits a path into names, with an index for an entry of a list. Both rows[3] and rows.3 are accepted. */
function parsePath(field: string): Array<{ name: string; index?: number }> {
	const parts: Array<{ name: string; index?: number }> = [];
	for (const [, name, bracketed] of field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
		const index = bracketed ?? (/^\d+$/.test(name) ? name : undefined);
		const last = parts.at(-1);
		if (index === undefined) parts.push({ name });
		else if (last !== undefined) last.index = Number(index);
	}
	return parts;
}

/** The label of a field in a form, by its path without row numbers, such as `invoiceRows.vatStatus`. */
export type LabelOf = (path: string) => string | undefined;

export interface LabelOptions {
	/** The labels of the operation's form, which take precedence over the shared table. */
	labelOf?: LabelOf;
	/** Who the counterparty is: Customer, Supplier or Person. */
	counterparty?: string;
}

/**
 * The label of a field by its path in the API: `invoiceRows[3].vatStatus` gives 'Row 4, VAT Status', `paymentInfo.dueDate`
 * gives 'Due Date'. Names without an entry are written as words; an empty path gives an empty text.
 */
export function fieldLabel(path: string, { labelOf, counterparty = 'Customer' }: LabelOptions = {}): string {
	const parts = parsePath(path);
	const formLabel = labelOf?.(parts.map(({ name }) => name).join('.'));
	// An entry of a list has no label of its own in the form.
	if (formLabel === undefined || parts.at(-1)?.index !== undefined) return sharedLabel(parts, counterparty);
	const rows = parts.filter(({ index }) => index !== undefined);
	return [...rows.map(({ name, index }) => `${memberName(name)} ${Number(index) + 1}`), formLabel].join(', ');
}

function sharedLabel(parts: ReturnType<typeof parsePath>, counterparty: string): string {
	const labels: string[] = [];
	parts.forEach(({ name, index }, position) => {
		const last = position === parts.length - 1;
		const next = last ? undefined : parts[position + 1].name;
		const previous = position === 0 ? undefined : parts[position - 1].name;
		const pair = previous === undefined ? undefined : pairLabels[`${previous}.${name}`];
		if (index !== undefined) labels.push(`${memberName(name)} ${index + 1}`);
		else if (pair !== undefined) labels.push(pair);
		else if (next !== undefined && pairLabels[`${name}.${next}`] !== undefined) return;
		else if (name === 'counterPartyAddress') labels.push(`${counterparty} Address`);
		else if (name === 'counterParty') labels.push(...(next === 'counterPartyAddress' ? [] : [counterparty]));
		else if (last || !hiddenGroups.has(name))
			labels.push((Object.hasOwn(terms, name) ? terms[name].label : undefined) ?? titleOf(name));
	});
	return labels.join(', ');
}
