/** Writes files from random records and reads them back. */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { addDays } from '../../../../nodes/Procountor/validation/dates';
import { toText } from '../../../../nodes/Procountor/validation/money';
import { invoiceSums, readRow, rowSums } from '../../../../nodes/Procountor/validation/sums';
import { fileKind, fileKinds } from '../../../../nodes/Procountor/resources/importFile/kinds';
import { readFile } from './readFile';
import {
	fileBytes,
	writeRecord,
	sortRecords,
	recordsInItem,
	type WrittenRecord,
} from '../../../../nodes/Procountor/resources/importFile/writer';
import { valueOf } from '../../validation/messages';
import { records } from './randomRecords';

/** Adapts a random record to the rules between its cells, which are computed here independently of the package. */
const keepingRules: Record<string, (record: IDataObject) => IDataObject> = {
	invoices: invoiceByRule,
	accountingEntries: (record) => (record.dimension && record.item ? record : without(record, 'dimension', 'item')),
	salaryData: (record) => {
		const whole = ((record.dimensions ?? []) as Array<IDataObject | undefined>).filter(
			(pair) => pair?.dimension && pair.item,
		);
		return whole.length ? { ...record, dimensions: whole } : without(record, 'dimensions');
	},
	businessPartners: partnerByRule,
};

/** A random record that follows the rules of its kind. A postal code of digits only is read as a Finnish one, so it gets five digits. */
const byRule =
	(kind: string) =>
	(record: IDataObject): IDataObject =>
		withPostalCodes((keepingRules[kind] ?? ((one: IDataObject) => one))(record)) as IDataObject;

function withPostalCodes(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withPostalCodes);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			name,
			name === 'zip' && /^\s*\d+\s*$/.test(String(inner)) ? '00100' : withPostalCodes(inner),
		]),
	);
}

const without = (record: IDataObject, ...names: string[]): IDataObject =>
	Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

/** Shares of one dimension that add up to 100 percent. */
function shares(list: IDataObject[] | undefined): IDataObject[] | undefined {
	if (!list?.length) return undefined;
	const percents = list.length === 1 ? [100] : list.length === 2 ? [60.5, 39.5] : [33.33, 33.33, 33.34];
	return list.map((share, index) => ({ ...share, dimension: list[0].dimension, percent: percents[index] }));
}

function invoiceByRule(given: IDataObject): IDataObject {
	const record = structuredClone(without(given, 'isCredit', 'dimensions'));
	const ofInvoice = shares(given.dimensions as IDataObject[] | undefined);
	if (ofInvoice) record.dimensions = ofInvoice;
	const rows = ((record.invoiceRows ?? []) as IDataObject[]).map((row) => {
		const split = shares(row.dimensions as IDataObject[] | undefined);
		return {
			...without(row, 'dimensions'),
			product: row.product ?? 'Kahvi',
			quantity: 3,
			unitPrice: 12.34,
			...(split ? { dimensions: split } : {}),
		} as IDataObject;
	});
	if (rows.length) record.invoiceRows = rows;
	record.discountPercent = 10;
	const includesVat = (record.extraInfo as IDataObject | undefined)?.unitPricesIncludeVat === true;
	const sums = rows.map(({ discountPercent, vatPercent }) =>
		rowSums(valueOf(readRow({ quantity: 3, unitPrice: 12.34, discountPercent, vatPercent })), includesVat, {
			digits: 10n,
			scale: 0,
		}),
	);
	record.sum = rows.length ? Number(toText(invoiceSums(sums).gross)) : -7.5;
	if (!rows.length) record.isCredit = true;
	record.date = '2026-02-28';
	const info = record.paymentInfo as IDataObject | undefined;
	if (info?.dueDate) info.dueDate = addDays('2026-02-28', 30);
	if (record.invoiceChannel === 'MAIL')
		record.billingAddress = { name: 'Ostaja', street: 'Katu 1', zip: '00100', city: 'Helsinki', country: 'FINLAND' };
	if (record.invoiceChannel === 'ELECTRONIC_INVOICE')
		(record.counterParty as IDataObject).einvoiceAddress = { address: '003712345671' };
	return record;
}

/** Numbers with a check digit; other registers contain free text. */
const identifierOfType: Record<string, string> = { FI: '1234567-1', SSN: '131052-308T', HETU: '131052-308T' };

/** At most one report group, which is one of the partner's groups, and a register number that fits its type. */
function partnerByRule(given: IDataObject): IDataObject {
	const record = structuredClone(given);
	const invoicing = record.invoicingInfo as IDataObject | undefined;
	if (invoicing?.identifier !== undefined)
		invoicing.identifier = identifierOfType[String(invoicing.identifierType)] ?? invoicing.identifier;
	const { partnerGroups, ...info } = (record.registryInfo ?? {}) as IDataObject;
	const groups = ((partnerGroups ?? []) as IDataObject[]).map((group, index) => ({
		...without(group, 'isReportGroup'),
		name: `Ryhmä ${index}`,
	}));
	const registryInfo = {
		...info,
		...(groups.length ? { partnerGroups: groups, reportGroup: 'Ryhmä 0' } : {}),
		...(record.inactive ? { active: false } : {}),
	};
	return {
		...without(record, 'inactive', 'registryInfo'),
		...(Object.keys(registryInfo).length ? { registryInfo } : {}),
	};
}

function linesOrThrow(record: IDataObject, kind: (typeof fileKinds)[number]): WrittenRecord[] {
	return recordsInItem(kind, record).map((one) => {
		const lines = writeRecord(kind, one);
		if ('faults' in lines) throw new Error(`${JSON.stringify(lines.faults)} in ${JSON.stringify(record)}`);
		return lines;
	});
}

describe.each(fileKinds.map((kind) => [kind.name, kind] as const))('Import file: %s', (_, kind) => {
	it('returns 100 random records unchanged when it is read back', () => {
		const hundred = fc.array(records(kind).map(byRule(kind.value)), {
			minLength: 100,
			maxLength: 100,
			size: 'max',
		});
		fc.assert(
			fc.property(hundred, (given) => {
				const written = given.flatMap((record) => linesOrThrow(record, kind));
				const file = sortRecords(written, { adapt: true });
				// A file without any first cell is rejected, which other tests check.
				fc.pre(file !== undefined);
				const content = readFile(kind, fileBytes(file ?? []));
				const inOrder = (file ?? []).map((lines) => given[written.indexOf(lines)]);
				expect('records' in content ? content.records : content.faults).toEqual(inOrder);
			}),
			{ numRuns: 5 },
		);
	});

	it('omits no field of a record', () => {
		fc.assert(
			fc.property(records(kind).map(byRule(kind.value)), (record) => {
				for (const { leftOut } of linesOrThrow(record, kind)) expect(leftOut).toEqual([]);
			}),
			{ numRuns: 50 },
		);
	});
});

it('Groups without a partner are kept and written before all partners', () => {
	const kind = fileKind('businessPartners');
	const partner = { type: 'CUSTOMER', name: 'Ostaja', invoicingInfo: { language: 'FINNISH' } };
	const group = { type: 'GROUP', name: 'Avainasiakkaat', mainGroup: 'Kaikki', isReportGroup: true };
	const file = sortRecords([...linesOrThrow(partner, kind), ...linesOrThrow(group, kind)]);
	expect(readFile(kind, fileBytes(file ?? []))).toEqual({ records: [group, partner] });
});
