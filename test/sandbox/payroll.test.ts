import type { AxiosInstance } from 'axios';

import { login, plain } from './client';
import { DEMO, type Sandbox } from '.';
import { sum } from './money';
import { without } from './records/fields';
import { useSandbox } from './hooks';

interface Row {
	id: number;
	salaryTypeCode: number;
	quantity: number;
	unitValue: number;
	paymentPercent: number;
}

let sandbox: Sandbox;
let http: AxiosInstance;

useSandbox((given) => ({ sandbox, http } = given));

const found = async (path: string, params: object = {}) =>
	(await http.get(`/payrolls/${path}`, { params: { orderById: 'ASC', ...params } })).data.results;
const first = async () => (await found('employees'))[0].id as number;
const settings = (changes: object) =>
	plain(sandbox, '/_sandbox').patch(`/companies/${DEMO.companyId}/settings`, changes);

const info = (personId: number, changes: object = {}) => ({
	personId,
	incomeConfiguration: {
		baseSalaryValue: 3000,
		baseSalaryType: 'ONE_MONTH',
		baseSalaryHours: 160,
		travelExpensesSpecialHandling: 'NONE',
		salaryChannel: 'EMAIL',
		excludedFromAutomatedWithholdingPercentageRequest: false,
		...changes,
	},
	insurancesConfiguration: {
		pensionInsurance: { type: 'TYEL', pensionContractId: 3811 },
		accidentInsurance: { percent: 0.7, accidentInsurancePolicyId: 3821 },
		pensionVoluntarilyPaid: false,
	},
	internationalSituationsConfiguration: { notSubjectToWithholding: false, nonResidentTaxPayer: false },
});

async function newPerson(): Promise<number> {
	const { data } = await http.post('/persons', {
		lastName: 'Uusi',
		firstName: 'Oiva',
		paymentInfo: { paymentMethod: 'BANK_TRANSFER', paymentTermDays: '14', penalInterestRate: 0 },
		invoicingInfo: { language: 'FINNISH', gender: 'MALE', personNumber: '9200' },
		registryInfo: { active: true },
	});
	return data.id;
}

const newList = (employees: object[], changes: object = {}) => ({
	name: 'Palkat 11/2026',
	paymentPeriodStart: '2026-11-01',
	paymentPeriodEnd: '2026-11-30',
	accountingDate: '2026-11-15',
	dueDate: '2026-11-15',
	payday: '2026-11-15',
	employeesDataForSalarySlip: employees,
	...changes,
});

async function newSlip(): Promise<number> {
	const { data } = await http.post('/payrolls/salarylists', newList([{ employeeId: await first() }]));
	return data.salarySlips[0].id;
}

describe('Employees API', () => {
	it('lists persons with salary information and filters by number, group and channel', async () => {
		expect(await found('employees')).toMatchObject([
			{
				lastName: 'Koivuranta',
				personNumber: '9001',
				salaryChannel: 'EMAIL',
				active: true,
				ssn: expect.stringMatching(/^120378-/),
			},
			{ lastName: 'Myllymäki' },
			{ lastName: 'Hyväri' },
		]);
		expect(await found('employees', { personNumber: '002' })).toMatchObject([{ lastName: 'Myllymäki' }]);
		expect(await found('employees', { salaryChannel: 'ESALARY' })).toMatchObject([{ lastName: 'Hyväri' }]);
		expect(await found('employees', { personGroupId: 999 })).toEqual([]);
	});

	it('creates an employee and a salary base from salary information', async () => {
		const personId = await newPerson();
		const { status, data } = await http.post('/payrolls/employees/salaryinfo', info(personId));
		expect(status).toBe(200);
		expect(data).toMatchObject({
			personId,
			incomeConfiguration: { baseSalaryValue: 3000, personalHourlySalary: 18.75, version: expect.any(String) },
		});
		const { data: base } = await http.get(`/payrolls/employees/${data.employeeId}/salarybase`);
		expect(base.rows[0]).toMatchObject({ salaryTypeCode: 1010, unitValue: 3000, baseSalaryRow: true });
		expect((await http.post('/payrolls/employees/salaryinfo', info(personId))).status).toBe(400);
		expect((await http.post('/payrolls/employees/salaryinfo', info(999_999))).status).toBe(404);
		expect(
			(await http.post('/payrolls/employees/salaryinfo', info(await newPerson(), { personalHourlySalary: 20 }))).status,
		).toBe(400);
		expect(
			(await http.post('/payrolls/employees/salaryinfo', info(await newPerson(), { baseSalaryType: 'HOURLY' }))).status,
		).toBe(400);
	});

	it('requires the version for a change, rebuilds the salary base, and returns 409 for an old version', async () => {
		const id = await first();
		const { data } = await http.get(`/payrolls/employees/${id}/salaryinfo`);
		const raised = { ...data, incomeConfiguration: { ...data.incomeConfiguration, baseSalaryValue: 3100 } };
		expect(
			(
				await http.put(`/payrolls/employees/${id}/salaryinfo`, {
					...raised,
					incomeConfiguration: { ...raised.incomeConfiguration, version: undefined },
				})
			).status,
		).toBe(400);
		expect(
			(await http.put(`/payrolls/employees/${id}/salaryinfo`, raised)).data.incomeConfiguration.baseSalaryValue,
		).toBe(3100);
		expect((await http.get(`/payrolls/employees/${id}/salarybase`)).data.rows[0].unitValue).toBe(3100);
		expect((await http.put(`/payrolls/employees/${id}/salaryinfo`, raised)).status).toBe(409);
	});

	it('keeps added salary base rows until the base is rebuilt', async () => {
		const id = await first();
		const { data: base } = await http.get(`/payrolls/employees/${id}/salarybase`);
		const more = { salaryTypeCode: 3000, quantity: 1, unitValue: 20 };
		const { data: changed } = await http.put(`/payrolls/employees/${id}/salarybase`, {
			rows: [...base.rows, more],
			version: base.version,
		});
		expect(changed.rows.at(-1)).toMatchObject({ ...more, baseSalaryRow: false, id: expect.any(Number) });
		expect(
			(await http.put(`/payrolls/employees/${id}/salarybase`, { rows: base.rows, version: base.version })).status,
		).toBe(409);
		expect(
			(
				await http.put(`/payrolls/employees/${id}/salarybase`, {
					rows: [{ salaryTypeCode: 1 }],
					version: changed.version,
				})
			).status,
		).toBe(400);
		const [card] = (await http.get(`/payrolls/employees/${id}/salaryinfo/taxcards`)).data;
		const body = without(card, 'created');
		await http.put(`/payrolls/employees/${id}/salaryinfo/taxcards/${card.id}`, { ...body, basePercent: 25 });
		const rows = (await http.get(`/payrolls/employees/${id}/salarybase`)).data.rows as Row[];
		expect(rows.map(({ salaryTypeCode, paymentPercent }) => [salaryTypeCode, paymentPercent])).toEqual([
			[1010, 100],
			[5000, 25],
			[6010, 1.5],
		]);
	});

	it.each([
		[
			'employments',
			{ startDate: '2026-01-01', terminationReason: 'NOT_APPLICABLE', keva: false, employmentType: 'FULL_TIME' },
			{ employmentType: 'PART_TIME' },
			{ endDate: '2026-12-31' },
		],
		[
			'taxcards',
			{
				type: 'ONE_INCOME_LIMIT',
				revised: true,
				validFrom: '2026-06-01',
				basePercent: 20,
				additionalPercent: 40,
				annualIncomeLimit: 40_000,
			},
			{ type: 'TAX_AT_SOURCE' },
			{ basePercent: 21 },
		],
		[
			'laborunionmemberships',
			{ laborUnionSettingId: 3801, membershipStart: '2026-01-01' },
			{ membershipEnd: '2025-12-31' },
			{ membershipEnd: '2026-12-31' },
		],
	])('lists, creates, updates and deletes %s', async (kind, part, wrong, change) => {
		const employee = await first();
		const path = `/payrolls/employees/${employee}/salaryinfo/${kind}`;
		const { status, data } = await http.post(path, part);
		expect(status).toBe(200);
		expect(data).toMatchObject(part);
		expect((await http.get(path)).data).toContainEqual(data);
		expect((await http.get(`${path}/${data.id}`)).data).toEqual(data);
		expect((await http.get(`/payrolls/employees/${employee + 1}/salaryinfo/${kind}/${data.id}`)).status).toBe(404);
		expect((await http.post(path, { ...part, version: data.version })).status).toBe(400);
		expect((await http.post(path, { ...part, ...wrong })).status).toBe(400);
		expect((await http.put(`${path}/${data.id}`, { ...part, ...change })).status).toBe(400);
		const { data: changed } = await http.put(`${path}/${data.id}`, { ...part, ...change, version: data.version });
		expect(changed).toMatchObject(change);
		expect((await http.put(`${path}/${data.id}`, { ...part, version: data.version })).status).toBe(409);
		expect((await http.delete(`${path}/${data.id}`)).status).toBe(204);
		expect((await http.get(`${path}/${data.id}`)).status).toBe(404);
		expect((await http.post('/payrolls/employees/1/salaryinfo/' + kind, part)).status).toBe(404);
	});

	it('adds the union fee to the salary base for a membership', async () => {
		const id = await first();
		const codes = async () =>
			((await http.get(`/payrolls/employees/${id}/salarybase`)).data.rows as Row[]).map(
				({ salaryTypeCode }) => salaryTypeCode,
			);
		expect(await codes()).not.toContain(6100);
		await http.post(`/payrolls/employees/${id}/salaryinfo/laborunionmemberships`, {
			laborUnionSettingId: 3802,
			membershipStart: '2026-10-01',
		});
		expect(await codes()).toContain(6100);
		expect(
			(
				await http.post(`/payrolls/employees/${id}/salaryinfo/laborunionmemberships`, {
					laborUnionSettingId: 1,
					membershipStart: '2026-10-01',
				})
			).status,
		).toBe(404);
	});

	it('returns holidays and working hour reduction if the company counts them', async () => {
		const [aino, , onni] = (await found('employees')).map(({ id }: { id: number }) => id);
		const { data } = await http.get(`/payrolls/employees/${aino}/holidaypay`);
		expect(
			data.yearlyRemainings.map(({ holidayCreditYear }: { holidayCreditYear: number }) => holidayCreditYear),
		).toEqual([2026, 2025]);
		expect(data.totalRemainingHolidayDays).toBe(21);
		expect(
			(await http.get(`/payrolls/employees/${onni}/workinghourreduction`)).data.totalRemainingWorkingHourReductionDays,
		).toBe(4);
		expect((await http.get(`/payrolls/employees/${aino}/workinghourreduction`)).status).toBe(404);
		await settings({ holidayCalculation: false, workingHourReduction: false });
		expect((await http.get(`/payrolls/employees/${aino}/holidaypay`)).status).toBe(403);
		expect((await http.get(`/payrolls/employees/${onni}/workinghourreduction`)).status).toBe(403);
	});
});

describe('Salary lists and slips API', () => {
	it('returns September slips that add up to the salary receipt of September', async () => {
		const slips = await found('salaryslips', { paydayStartDate: '2026-09-01', paydayEndDate: '2026-09-30' });
		const total = (name: string) => sum(slips.map((slip: Record<string, number>) => slip[name]));
		const [{ id }] = (
			await http.get('/ledgerreceipts', { params: { types: 'SALARY', startDate: '2026-09-01', endDate: '2026-09-30' } })
		).data.results;
		const { transactions } = (await http.get(`/ledgerreceipts/${id}`)).data;
		const value = (account: string) =>
			transactions.find((one: { account: string }) => one.account === account).accountingValue;
		const accountings = await Promise.all(
			slips.map((slip: { id: number }) => http.get(`/payrolls/salaryslips/${slip.id}/accounting`)),
		);
		for (const { status, data } of accountings)
			expect([status, sum(data.transactions.map((one: { accountingValue: number }) => one.accountingValue))]).toEqual([
				200, 0,
			]);
		expect([total('salary'), total('tax'), total('otherDeductions'), total('netPay')]).toEqual([
			value('5000'),
			-value('2920'),
			-value('2923'),
			-value('1910'),
		]);
	});

	it('creates a slip from the salary base for every employee of a list', async () => {
		const ids = (await found('employees')).map(({ id }: { id: number }) => id);
		const { status, data } = await http.post(
			'/payrolls/salarylists',
			newList(ids.map((employeeId: number) => ({ employeeId }))),
		);
		expect(status).toBe(200);
		expect(data.salarySlips).toMatchObject([
			{ status: 'CREATED', salary: 2900, tax: 652.5, otherDeductions: 43.5, netPay: 2204 },
			{ salary: 2400 },
			{ salary: 1500 },
		]);
		const [listed] = await found('salarylists', {
			name: '11/',
			paymentPeriodStart: '2026-11-01',
			paymentPeriodEnd: '2026-11-30',
		});
		expect(listed).toMatchObject({
			id: data.id,
			numberOfSlips: 3,
			unfinished: 3,
			paid: 0,
			createdBy: 'Aino Koivuranta',
		});
		expect((await http.get(`/payrolls/salarylists/${data.id}`)).data).toEqual(data);
		expect(await found('salarylists', { name: '9/' })).toMatchObject([
			{ numberOfSlips: 3, unfinished: 0, paid: 3, reported: 3 },
		]);
	});

	it('adds the requested holidays to the salary', async () => {
		const { data } = await http.post(
			'/payrolls/salarylists',
			newList([{ employeeId: await first(), holidayPayData: { holidayDays: 5, holidayBonusDays: 5 } }]),
		);
		expect(data.salarySlips[0]).toMatchObject({ salary: 3480, taxableCompensation: 290, tax: 848.25 });
	});

	it.each([
		['an unknown employee', [{ employeeId: 1 }], {}, 404],
		['a payday in a year without figures', undefined, { payday: '2031-01-15' }, 404],
		['a period that ends before it starts', undefined, { paymentPeriodEnd: '2026-10-31' }, 400],
		['a list without employees', [], {}, 400],
	])('rejects %s', async (_, employees, changes, status) => {
		expect(
			(await http.post('/payrolls/salarylists', newList(employees ?? [{ employeeId: await first() }], changes))).status,
		).toBe(status);
	});

	it('filters slips by employee, number and status', async () => {
		const all = await found('salaryslips');
		expect(await found('salaryslips', { employeeName: 'HYVÄRI' })).toEqual(
			all.filter(({ employeeName }: { employeeName: string }) => employeeName === 'Hyväri Onni'),
		);
		expect(await found('salaryslips', { slipNumber: `${all[0].slipNumber},${all[2].slipNumber}` })).toEqual([
			all[0],
			all[2],
		]);
		const withStatus = (wanted: string) => all.filter(({ status }: { status: string }) => status === wanted);
		expect(await found('salaryslips', { status: 'UNFINISHED' })).toEqual(withStatus('CREATED'));
		expect(await found('salaryslips', { status: 'EARNINGS_REPORTED,APPROVED' })).toEqual(
			withStatus('REPORTED_AND_PAID'),
		);
		expect(await found('salaryslips', { status: 'MARKED_PAID' })).toEqual([]);
		expect(
			(await http.get(`/payrolls/salaryslips/${all[1].id},${all[0].id},1`)).data.map(({ id }: { id: number }) => id),
		).toEqual([all[0].id, all[1].id]);
		expect((await http.get('/payrolls/salaryslips/1,2')).status).toBe(404);
	});

	it('updates a slip only in status CREATED and with its latest version', async () => {
		const id = await newSlip();
		const { data } = await http.get(`/payrolls/salaryslips/${id}`);
		const bonus = {
			salaryTypeCode: 2000,
			quantity: 1,
			unitValue: 500,
			showEarningPeriodInExport: false,
			unjustEnrichment: false,
		};
		const { status, data: changed } = await http.put(`/payrolls/salaryslips/${id}`, {
			...data,
			rows: [...data.rows, bonus],
			slipNotes: 'Bonus',
		});
		expect(status).toBe(200);
		expect(changed).toMatchObject({ slipNotes: 'Bonus', slipNumber: data.slipNumber, status: 'CREATED' });
		expect((await http.put(`/payrolls/salaryslips/${id}`, data)).status).toBe(409);
		await http.put(`/payrolls/salaryslips/${id}/approve`);
		const { data: approved } = await http.get(`/payrolls/salaryslips/${id}`);
		expect((await http.put(`/payrolls/salaryslips/${id}`, approved)).status).toBe(400);
	});

	it('creates a ledger receipt for an approved slip and removes it when the approval is cancelled', async () => {
		const id = await newSlip();
		const receipts = async () =>
			(
				await http.get('/ledgerreceipts', {
					params: { types: 'SALARY', startDate: '2026-11-15', endDate: '2026-11-15' },
				})
			).data.results;
		expect((await http.get(`/payrolls/salaryslips/${id}/accounting`)).status).toBe(404);
		expect((await http.put(`/payrolls/salaryslips/${id}/cancelapproval`)).status).toBe(400);
		expect((await http.put(`/payrolls/salaryslips/${id}/approve`)).status).toBe(200);
		expect((await http.put(`/payrolls/salaryslips/${id}/approve`)).status).toBe(400);
		const { data } = await http.get(`/payrolls/salaryslips/${id}/accounting`);
		expect(
			data.transactions.map(({ account, accountingValue }: { account: string; accountingValue: number }) => [
				account,
				accountingValue,
			]),
		).toEqual([
			['2945', -2204],
			['5000', 2900],
			['2920', -652.5],
			['2923', -43.5],
		]);
		expect(await receipts()).toHaveLength(1);
		expect((await http.put(`/payrolls/salaryslips/${id}/cancelapproval`)).status).toBe(200);
		expect(await receipts()).toEqual([]);
		expect((await http.get(`/payrolls/salaryslips/${id}`)).data.status).toBe('CREATED');
	});

	it('sets a slip to IN_CORRECTION after a cancelled approval if the switch says so', async () => {
		sandbox.switches.cancelledApprovalBecomes = 'IN_CORRECTION';
		const id = await newSlip();
		await http.put(`/payrolls/salaryslips/${id}/approve`);
		await http.put(`/payrolls/salaryslips/${id}/cancelapproval`);
		expect((await http.get(`/payrolls/salaryslips/${id}`)).data.status).toBe('IN_CORRECTION');
		expect((await http.put(`/payrolls/salaryslips/${id}/approve`)).status).toBe(200);
	});

	it('updates the accounting of a slip only if it balances or reconciliation is requested', async () => {
		const id = await newSlip();
		await http.put(`/payrolls/salaryslips/${id}/approve`);
		const { data } = await http.get(`/payrolls/salaryslips/${id}/accounting`);
		const [debt, cost, ...rest] = data.transactions;
		const moved = {
			...data,
			transactions: [
				debt,
				{ ...cost, account: '5300', dimensionItemValues: [{ dimensionId: 1, itemId: 11, value: 2900 }] },
				...rest,
			],
		};
		expect((await http.put(`/payrolls/salaryslips/${id}/accounting`, moved)).data.transactions[1]).toMatchObject({
			id: cost.id,
			account: '5300',
		});
		expect((await http.put(`/payrolls/salaryslips/${id}/accounting`, data)).status).toBe(400);
		const body = without(data, 'version');
		const uneven = { ...body, transactions: [debt, { ...cost, accountingValue: 2900.01 }, ...rest] };
		expect((await http.put(`/payrolls/salaryslips/${id}/accounting`, uneven)).status).toBe(400);
		const { data: balanced } = await http.put(
			`/payrolls/salaryslips/${id}/accounting?createReconciliation=true`,
			uneven,
		);
		expect(balanced.transactions.at(-1)).toMatchObject({
			transactionType: 'RECONCILIATION_ENTRY',
			account: '8450',
			accountingValue: -0.01,
		});
	});
});

describe('Payroll API', () => {
	it('filters salary types by code, name, category and income type', async () => {
		const types = async (params: object) =>
			(await http.get('/payrolls/salarytypes', { params })).data.results.map(({ code }: { code: number }) => code);
		expect(await types({ category: 'TAX' })).toEqual([5000, 5010]);
		expect(await types({ category: 'TAX', orderByCode: 'DESC' })).toEqual([5010, 5000]);
		expect(await types({ name: 'LOMA' })).toEqual([1200, 1250]);
		expect(await types({ incomeType: 'työk', size: 2, page: 1 })).toEqual([2901, 2902]);
		expect(await types({ incomeTypeCode: 201, code: 1020 })).toEqual([1020]);
	});

	it('returns the salary periods of a holiday credit year from April to March', async () => {
		const { data: lists } = await http.get('/payrolls/salaryperiods', { params: { holidayCreditYear: 2026 } });
		const { data: periods } = await http.get(`/payrolls/salaryperiods/${lists[0].id}`);
		expect([periods[0], periods.at(-1)]).toMatchObject([
			{ paymentPeriodStart: '2026-04-01', paymentPeriodEnd: '2026-04-30', calendarWorkdays: 22 },
			{ paymentPeriodStart: '2027-03-01', paymentPeriodEnd: '2027-03-31' },
		]);
		expect((await http.get('/payrolls/salaryperiods', { params: { holidayCreditYear: 1999 } })).status).toBe(404);
		expect((await http.get('/payrolls/salaryperiods/1')).status).toBe(404);
	});

	it('returns basic information for the current or another year, and the labor unions', async () => {
		expect((await http.get('/payrolls/salariesbasicinfo')).data.yearlyFigures.year).toBe(2026);
		expect((await http.get('/payrolls/salariesbasicinfo', { params: { year: 2025 } })).data.yearlyFigures.year).toBe(
			2025,
		);
		expect((await http.get('/payrolls/salariesbasicinfo', { params: { year: 1999 } })).status).toBe(404);
		expect((await http.get('/payrolls/laborunionsettings')).data).toHaveLength(2);
	});

	it('returns 403 to a user with viewing rights, or empty lists if the switch is on', async () => {
		const viewer = await login(sandbox, 'viewer');
		for (const path of [
			'employees',
			'salaryslips',
			'salarytypes',
			'laborunionsettings',
			'salariesbasicinfo',
			`employees/${await first()}/salaryinfo`,
		])
			expect((await viewer.get(`/payrolls/${path}`)).status).toBe(403);
		sandbox.switches.missingRightShowsAsEmpty = true;
		expect((await viewer.get('/payrolls/salaryslips')).data.results).toEqual([]);
		expect((await viewer.get('/payrolls/laborunionsettings')).data).toEqual([]);
		expect((await viewer.get(`/payrolls/employees/${await first()}/salaryinfo`)).status).toBe(403);
	});

	it('returns 403 to a user limited to their own salary', async () => {
		const { rights } = [...sandbox.world.company(DEMO.companyId).users.values()][0];
		rights.salaries.personalSalariesOnly = true;
		expect((await http.get('/payrolls/employees')).status).toBe(403);
	});
});
