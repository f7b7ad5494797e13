import { badRequest, notFound } from '../../errors';
import { defineRegister, type Entry, type RegisterKey } from '../../world/register';
import type { Company } from '../../world/world';
import { without } from '../fields';
import { type Call, type Handlers, idOf, noContent, ok } from '../handler';
import { recreateBase } from './base';
import { checkPayrollVersion, employees, findIn, payroll } from './model';
import { LABOR_UNIONS } from './tables';

/** Something that belongs to one employee. */
interface Part {
	id: number;
	employeeId: number;
}

export interface TaxCard extends Part {
	type: string;
	revised: boolean;
	incomeType?: string;
	validFrom: string;
	basePercent: number;
	additionalPercent: number;
	annualIncomeLimit: number;
	limitUsed?: number;
}

interface Employment extends Part {
	startDate?: string;
	endDate?: string;
	employmentType?: string;
	partTimePercent?: number;
	terminationReason: string;
	keva: boolean;
}

interface Membership extends Part {
	laborUnionSettingId: number;
	membershipStart: string;
	membershipEnd?: string;
}

export const employments = defineRegister<Employment>('employments', 3101);
export const taxCards = defineRegister<TaxCard>('taxCards', 3601);
export const memberships = defineRegister<Membership>('laborUnionMemberships', 3701);

const partsOf =
	<T extends Part>(key: RegisterKey<T>) =>
	(company: Company, employeeId: number): Array<Entry<T>> =>
		company
			.register(key)
			.all()
			.filter(({ record }) => record.employeeId === employeeId);

export const taxCardsOf = partsOf(taxCards);
export const membershipsOf = partsOf(memberships);

/** How parts of one kind are handled: their path parameter, their own rules, whether the salary base follows from them. */
interface PartForm<T extends Part> {
	key: RegisterKey<T>;
	what: string;
	idParameter: string;
	check: (part: T) => void;
	decidesBase: boolean;
	/** Whether the creation time is told. */
	showsCreated?: boolean;
}

function partHandlers<T extends Part>({ key, what, idParameter, check, decidesBase, showsCreated }: PartForm<T>) {
	const show =
		(call: Call) =>
		(entry: Entry<T>): unknown => {
			return {
				...without(entry.record, 'employeeId'),
				...(showsCreated ? { created: call.clock.text(entry.created) } : {}),
				version: call.clock.text(entry.version),
			};
		};
	const find = (call: Call): Entry<T> => {
		const entry = call.company.register(key).get(idOf(call, idParameter));
		if (entry?.record.employeeId !== idOf(call, 'id')) throw notFound(what);
		return entry;
	};
	const fields = (call: Call): T => {
		const part = without(
			call.body as T & { version?: string; created?: string },
			'version',
			'id',
			'created',
		) as unknown as T;
		check(part);
		return part;
	};
	const changed = (call: Call) => {
		if (decidesBase) recreateBase(call.company, idOf(call, 'id'));
	};
	return {
		list: (call: Call) => ok(partsOf(key)(call.company, findIn(call, employees, 'Employee').id).map(show(call))),
		get: (call: Call) => ok(show(call)(find(call))),
		insert: (call: Call) => {
			const employeeId = findIn(call, employees, 'Employee').id;
			if ((call.body as { version?: string }).version !== undefined)
				throw badRequest('Version is not allowed.', 'version');
			const part = fields(call);
			const entry = call.company.register(key).add((id) => ({ ...part, id, employeeId }), call.user.id);
			changed(call);
			return ok(show(call)(entry));
		},
		update: (call: Call) => {
			const entry = find(call);
			checkPayrollVersion(call, entry.version, (call.body as { version?: string }).version);
			call.company.register(key).put(entry, { ...fields(call), id: entry.id, employeeId: entry.record.employeeId });
			changed(call);
			return ok(show(call)(entry));
		},
		remove: (call: Call) => {
			call.company.register(key).delete(find(call).id);
			changed(call);
			return noContent();
		},
	};
}

function checkTaxCard(card: TaxCard): void {
	if (!['ONE_INCOME_LIMIT', 'TAX_AT_SOURCE'].includes(card.type))
		throw badRequest('Tax card type is not allowed.', 'type');
	if (card.incomeType !== undefined && !/^0000(2[4-9]|3\d|40|42)$/.test(card.incomeType))
		throw badRequest('Income type is not allowed.', 'incomeType');
	if (card.type !== 'TAX_AT_SOURCE') return;
	for (const field of ['additionalPercent', 'annualIncomeLimit', 'limitUsed'] as const) {
		if ((card[field] ?? 0) !== 0) throw badRequest('Must be 0 for tax at source.', field);
	}
}

function checkOrder(start: string | undefined, end: string | undefined, field: string): void {
	if (start !== undefined && end !== undefined && end < start)
		throw badRequest('End date is before the start date.', field);
}

function checkEmployment({ startDate, endDate, employmentType, partTimePercent }: Employment): void {
	checkOrder(startDate, endDate, 'endDate');
	if (employmentType === 'PART_TIME' && partTimePercent === undefined)
		throw badRequest('Part-time percent is required.', 'partTimePercent');
}

function checkMembership({ laborUnionSettingId, membershipStart, membershipEnd }: Membership): void {
	if (!LABOR_UNIONS.some(({ id }) => id === laborUnionSettingId)) throw notFound('Labor union setting');
	checkOrder(membershipStart, membershipEnd, 'membershipEnd');
}

const employment = partHandlers({
	key: employments,
	what: 'Employment',
	idParameter: 'employmentId',
	check: checkEmployment,
	decidesBase: false,
});
const taxCard = partHandlers({
	key: taxCards,
	what: 'Tax card',
	idParameter: 'taxCardId',
	check: checkTaxCard,
	decidesBase: true,
	showsCreated: true,
});
const membership = partHandlers({
	key: memberships,
	what: 'Labor union membership',
	idParameter: 'laborUnionMembershipId',
	check: checkMembership,
	decidesBase: true,
});

export const employeePartHandlers: Handlers = payroll({
	getEmploymentsByEmployeeId: employment.list,
	getEmploymentByIdAndEmployeeId: employment.get,
	insertEmployment: employment.insert,
	updateEmployment: employment.update,
	deleteEmployment: employment.remove,
	getTaxCardsForEmployee: taxCard.list,
	getTaxCardByIdAndEmployeeId: taxCard.get,
	insertTaxCard: taxCard.insert,
	updateTaxCard: taxCard.update,
	deleteTaxCard: taxCard.remove,
	getLaborUnionMemberShipByEmployeeId: membership.list,
	getLaborUnionMembershipById: membership.get,
	insertLaborUnionMembership: membership.insert,
	updateLaborUnionMembership: membership.update,
	deleteLaborUnionMembership: membership.remove,
});
