import type { IDataObject } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

/** An employee with an employment and a tax card. */
async function somebody(): Promise<ReturnType<typeof byId>> {
	const [{ id }] = await bench.json('employee', 'getAll', { limit: 1, sort: 'orderById:ASC' });
	return byId(id);
}

describe('Employee', () => {
	it('is created from a person with employment and tax card, which determine the salary base', async () => {
		const [person] = await bench.json('person', 'create', {
			lastName: 'Uusi',
			additionalFields: {
				firstName: 'Ulla',
				bodyJson:
					'{"invoicingInfo": {"personNumber": "9100", "language": "FINNISH"}, "paymentInfo": {"paymentMethod": "BANK_TRANSFER"}, "registryInfo": {"active": true}}',
			},
		});
		const body = {
			incomeConfiguration: {
				baseSalaryValue: 3000,
				baseSalaryType: 'ONE_MONTH',
				baseSalaryHours: 160,
				travelExpensesSpecialHandling: 'NONE',
				salaryChannel: 'EMAIL',
				excludedFromAutomatedWithholdingPercentageRequest: false,
			},
			insurancesConfiguration: {
				pensionInsurance: { type: 'TYEL', pensionContractId: 3811 },
				accidentInsurance: { percent: 0.7, accidentInsurancePolicyId: 3821 },
				pensionVoluntarilyPaid: false,
			},
			internationalSituationsConfiguration: { notSubjectToWithholding: false, nonResidentTaxPayer: false },
		};
		const [info] = await bench.json('employee', 'createSalaryInfo', { personId: byId(person.id), bodyJson: body });
		const employeeId = byId(info.employeeId);
		await bench.json('employee', 'createEmployment', {
			employeeId,
			terminationReason: 'NOT_APPLICABLE',
			keva: false,
			additionalFields: { startDate: '2026-10-01', type: 'PERMANENT', hoursPerWeek: 37.5 },
		});
		const [card] = await bench.json('employee', 'createTaxCard', {
			employeeId,
			type: 'ONE_INCOME_LIMIT',
			validFrom: '2026-10-01',
			basePercent: 20,
			additionalPercent: 40,
			annualIncomeLimit: 40000,
			revised: false,
		});
		const taxRow = async () =>
			((await bench.json('employee', 'getSalaryBase', { employeeId }))[0].rows as IDataObject[]).find(
				({ salaryTypeCode }) => salaryTypeCode === 5000,
			);
		expect(await taxRow()).toMatchObject({ paymentPercent: 20 });

		await bench.json('employee', 'updateTaxCard', {
			employeeId,
			taxCardId: String(card.id),
			updateFields: { basePercent: 25.5 },
		});
		expect(await bench.json('employee', 'getTaxCard', { employeeId, taxCardId: String(card.id) })).toMatchObject([
			{ basePercent: 25.5, additionalPercent: 40, annualIncomeLimit: 40000 },
		]);
		expect(await taxRow()).toMatchObject({ paymentPercent: 25.5 });

		await bench.json('employee', 'updateSalaryInfo', { employeeId, updateFields: { baseSalaryValue: 3200 } });
		expect(await bench.json('employee', 'getSalaryInfo', { employeeId })).toMatchObject([
			{
				incomeConfiguration: { baseSalaryValue: 3200, baseSalaryHours: 160 },
				insurancesConfiguration: { pensionInsurance: { pensionContractId: 3811 } },
			},
		]);
		expect((await bench.json('employee', 'getAll', { returnAll: true })).map(({ lastName }) => lastName)).toContain(
			'Uusi',
		);
	});

	it('has memberships, employments and tax cards that can be listed, updated and deleted', async () => {
		const employeeId = await somebody();
		const [union] = await bench.json('salary', 'getAllLaborUnionSettings', { returnAll: true });
		const [membership] = await bench.json('employee', 'createMembership', {
			employeeId,
			laborUnionSettingId: byId(union.id),
			membershipStart: '2026-10-01',
			additionalFields: { membershipNumber: 'A-1' },
		});
		const membershipId = String(membership.id);
		expect(membership).toMatchObject({ laborUnionSettingId: union.id, membershipId: 'A-1' });
		await bench.json('employee', 'updateMembership', {
			employeeId,
			membershipId,
			updateFields: { membershipEnd: '2026-12-31' },
		});
		expect(await bench.json('employee', 'getMembership', { employeeId, membershipId })).toMatchObject([
			{ membershipStart: '2026-10-01', membershipEnd: '2026-12-31', membershipId: 'A-1' },
		]);
		expect(await bench.json('employee', 'getAllMemberships', { employeeId, returnAll: true })).toContainEqual(
			expect.objectContaining({ id: membership.id }),
		);
		expect(await bench.json('employee', 'deleteMembership', { employeeId, membershipId })).toEqual([{ deleted: true }]);
		expect(await bench.json('employee', 'getAllMemberships', { employeeId, returnAll: true })).not.toContainEqual(
			expect.objectContaining({ id: membership.id }),
		);

		const [employment] = await bench.json('employee', 'getAllEmployments', { employeeId, returnAll: true });
		const employmentId = String(employment.id);
		await bench.json('employee', 'updateEmployment', {
			employeeId,
			employmentId,
			updateFields: { endDate: '2026-12-31', terminationReason: 'RETIREMENT' },
		});
		expect(await bench.json('employee', 'getEmployment', { employeeId, employmentId })).toMatchObject([
			{ startDate: employment.startDate, endDate: '2026-12-31', terminationReason: 'RETIREMENT' },
		]);
		await bench.json('employee', 'deleteEmployment', { employeeId, employmentId });
		expect(await bench.json('employee', 'getAllEmployments', { employeeId, returnAll: true })).toEqual([]);

		const [card] = await bench.json('employee', 'getAllTaxCards', { employeeId, returnAll: true });
		expect(await bench.json('employee', 'deleteTaxCard', { employeeId, taxCardId: String(card.id) })).toEqual([
			{ deleted: true },
		]);
	});

	it('gets a benefit in the salary base, and returns the remaining holidays', async () => {
		const employeeId = await somebody();
		const [base] = await bench.json('employee', 'getSalaryBase', { employeeId });
		const rows = [...(base.rows as IDataObject[]), { salaryTypeCode: 3000, quantity: 1, unitValue: 20 }];
		const [changed] = await bench.json('employee', 'updateSalaryBase', {
			employeeId,
			updateFields: { rows: JSON.stringify(rows), notes: 'Puhelinetu' },
		});
		expect((changed.rows as IDataObject[]).map(({ salaryTypeCode }) => salaryTypeCode)).toEqual(
			rows.map(({ salaryTypeCode }) => salaryTypeCode),
		);

		Object.assign(bench.sandbox.world.company(DEMO.companyId).settings, {
			holidayCalculation: true,
			workingHourReduction: true,
		});
		const all = await bench.json('employee', 'getAll', { returnAll: true, sort: 'orderById:ASC' });
		const [holidays] = await bench.json('employee', 'getHolidayPay', { employeeId });
		expect(holidays).toMatchObject({
			totalRemainingHolidayDays: 21,
			yearlyRemainings: [{ holidayCreditYear: 2026 }, { holidayCreditYear: 2025 }],
		});
		expect(await bench.json('employee', 'getWorkingHourReduction', { employeeId: byId(all[2].id) })).toMatchObject([
			{ totalRemainingWorkingHourReductionHours: 30 },
		]);
	});

	it('reports a concurrent change, a rejected tax card and a missing right', async () => {
		const employeeId = await somebody();
		const [card] = await bench.json('employee', 'getAllTaxCards', { employeeId, returnAll: true });
		bench.sandbox.faults.add({
			kind: 'status',
			method: 'PUT',
			path: '/payrolls/employees/{id}/salaryinfo/taxcards/{taxCardId}',
			status: 409,
			body: { errors: [{ status: 409, field: 'version', message: 'The record has been changed by someone else.' }] },
		});
		const late = await bench.run('employee', 'updateTaxCard', {
			employeeId,
			taxCardId: String(card.id),
			updateFields: { basePercent: 10 },
		});
		expect(late.error).toMatchObject({
			message: `Somebody else changed tax card ${String(card.id)} at the same moment, so nothing was saved`,
		});
		const source = await bench.run('employee', 'createTaxCard', {
			employeeId,
			type: 'TAX_AT_SOURCE',
			validFrom: '2026-10-01',
			basePercent: 35,
			additionalPercent: 40,
			annualIncomeLimit: 0,
			revised: false,
		});
		expect(source.error?.message).toContain('Must be 0 for tax at source');
		const sales = await bench.run(
			'employee',
			'getSalaryInfo',
			{ employeeId },
			{ credential: bench.credential({ apiKey: DEMO.keys.sales }) },
		);
		expect(sales.error).toMatchObject({
			httpCode: '403',
			message: expect.stringContaining('the user lacks the right'),
		});
	});
});
