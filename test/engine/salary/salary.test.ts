import type { IDataObject } from 'n8n-workflow';
import { byId, startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterEach(() => expect(bench.sandbox.state.problems).toEqual([]));
afterAll(async () => await bench.close());

/** A list for November with a slip for every employee. */
async function november(): Promise<{ list: IDataObject; slips: IDataObject[] }> {
	const employees = await bench.json('employee', 'getAll', { returnAll: true });
	const [list] = await bench.json('salary', 'createList', {
		name: 'Palkat 11/2026',
		paymentPeriodStart: '2026-11-01',
		paymentPeriodEnd: '2026-11-30',
		payday: '2026-11-13',
		dueDate: '2026-11-13',
		accountingDate: '2026-11-13',
		specifyEmployees: 'fields',
		employees: {
			row: employees.map(({ id }, index) => ({ employeeId: String(id), ...(index === 0 ? { holidayDays: '2' } : {}) })),
		},
	});
	return { list, slips: list.salarySlips as IDataObject[] };
}

it('A salary list is created, and its slips are corrected, approved, posted, and reopened', async () => {
	const { list, slips } = await november();
	expect(slips).toHaveLength(3);
	expect(await bench.json('salary', 'getAllLists', { returnAll: true, filters: { name: '11/2026' } })).toMatchObject([
		{ id: list.id, numberOfSlips: 3, unfinished: 3 },
	]);
	expect(await bench.json('salary', 'getList', { salaryListId: byId(list.id) })).toMatchObject([
		{ name: 'Palkat 11/2026', payday: '2026-11-13' },
	]);

	const [slip] = slips;
	const salarySlipId = byId(slip.id);
	await bench.json('salary', 'updateSlip', { salarySlipId, updateFields: { slipNotes: 'Lomaa 2 päivää' } });
	expect(await bench.json('salary', 'getSlip', { salarySlipId, simple: false })).toMatchObject([
		{ slipNotes: 'Lomaa 2 päivää', status: 'CREATED', settings: { accountingDate: '2026-11-13' } },
	]);

	await bench.json('salary', 'approveSlip', { salarySlipId });
	const [posted] = await bench.json('salary', 'getSlipAccounting', { salarySlipId });
	const transactions = posted.transactions as Array<{ accountingValue: number }>;
	expect(transactions.reduce((sum, { accountingValue }) => sum + accountingValue, 0)).toBeCloseTo(0, 2);
	const [changed] = await bench.json('salary', 'updateSlipAccounting', {
		salarySlipId,
		updateFields: { transactionDescription: 'Marraskuu' },
	});
	expect(changed).toMatchObject({ name: posted.name, transactionDescription: 'Marraskuu' });
	expect(changed.transactions).toHaveLength(transactions.length);

	await bench.json('salary', 'cancelSlipApproval', { salarySlipId });
	expect(await bench.json('salary', 'getSlip', { salarySlipId })).toMatchObject([{ status: 'CREATED' }]);
});

it('Slips of all items are read in one request and returned in item order', async () => {
	const { slips } = await november();
	const ids = slips.map(({ id }) => id).reverse();
	bench.sandbox.journal.clear();
	const run = await bench.run(
		'salary',
		'getSlip',
		{ salarySlipId: { __rl: true, mode: 'id', value: '={{ $json.id }}' }, simple: false },
		{ items: ids.map((id) => ({ id })) as IDataObject[] },
	);
	expect(run.items[0].map(({ json }) => json.id)).toEqual(ids);
	expect(run.items[0].map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	expect(bench.sandbox.journal.to('GET /payrolls/salaryslips/{id}')).toHaveLength(1);

	const created = await bench.json('salary', 'getAllSlips', {
		returnAll: true,
		includeDetails: true,
		simple: false,
		filters: { paydayStartDate: '2026-11-01' },
	});
	expect(created).toHaveLength(3);
	expect(created.map(({ rows, netPay }) => [Array.isArray(rows), typeof netPay])).toEqual(
		created.map(() => [true, 'number']),
	);
});

it('Salaries calculated elsewhere are paid and cancelled, each with a confirmation', async () => {
	const payment = {
		recipientName: 'Hyväri Onni',
		recipientBankAccount: 'FI2112345600000785',
		amount: 1500.25,
		currencyCode: 'EUR',
		customId: 'P-1',
		brnType: 'HETU',
		code: '070391-908P',
	};
	const [asked] = await bench.json('salary', 'createPayment', {
		listName: 'Palkat 10/2026',
		paymentDate: '2026-10-15',
		specifyRows: 'fields',
		payments: { row: [payment] },
		additionalFields: { customId: 'LISTA-10' },
	});
	expect(asked).toMatchObject({ transactionIdentifier: expect.any(String), confirmationApp: 'PROCOUNTOR_KEY' });
	await bench.steer(`/secondfactors/${String(asked.transactionIdentifier)}/confirm`);
	const [list] = await bench.json('salary', 'getAllPayments', { returnAll: true, filters: { customId: 'LISTA-10' } });
	expect(list).toMatchObject({ listName: 'Palkat 10/2026', status: 'PAYMENT_QUEUED', totalSum: 1500.25 });
	const paymentListId = String(list.id);
	expect(await bench.json('salary', 'getPayment', { paymentListId })).toMatchObject([
		{ payments: [{ customId: 'P-1' }] },
	]);

	const [cancel] = await bench.json('salary', 'cancelPayment', { paymentListId });
	await bench.steer(`/secondfactors/${String(cancel.transactionIdentifier)}/confirm`);
	expect(await bench.json('salary', 'getPayment', { paymentListId })).toMatchObject([
		{ status: 'PAYMENT_TRANSACTION_CANCELLED' },
	]);
});

it('Salary types, payment periods, and basic information are returned', async () => {
	expect(
		await bench.json('salary', 'getAllTypes', { returnAll: true, filters: { category: 'FRINGE_BENEFITS' } }),
	).toMatchObject([{ code: 3000, name: 'Puhelinetu' }, { code: 3010 }]);
	expect((await bench.json('salary', 'getAllTypes', { returnAll: true, sort: 'orderByCode:DESC' }))[0]).toMatchObject({
		code: 7000,
	});
	const [periodList] = await bench.json('salary', 'getAllPeriodLists', { returnAll: true, holidayCreditYear: 2026 });
	const periods = await bench.json('salary', 'getAllPeriods', { returnAll: true, periodListId: String(periodList.id) });
	expect(periods).toHaveLength(12);
	expect(periods[0]).toMatchObject({ paymentPeriodStart: '2026-04-01', paymentPeriodEnd: '2026-04-30' });
	expect(await bench.json('salary', 'getBasicInfo', { options: { year: 2025 } })).toMatchObject([
		{ yearlyFigures: { year: 2025 } },
	]);
});

it('A change to an approved slip, a wrong period, and an invalid employee ID are refused', async () => {
	const { slips } = await november();
	const salarySlipId = byId(slips[0].id);
	await bench.json('salary', 'approveSlip', { salarySlipId });
	expect(
		(await bench.run('salary', 'updateSlip', { salarySlipId, updateFields: { slipNotes: 'x' } })).error?.message,
	).toContain('Only a created salary slip can be changed');
	const list = {
		name: 'X',
		paymentPeriodStart: '2026-11-30',
		paymentPeriodEnd: '2026-11-01',
		payday: '2026-11-13',
		dueDate: '2026-11-13',
		accountingDate: '2026-11-13',
		specifyEmployees: 'json',
	};
	expect(
		(await bench.run('salary', 'createList', { ...list, employeesJson: [{ employeeId: 3001 }] } as never)).error
			?.message,
	).toMatch(/^Payment Period End: /);
	expect(
		(await bench.run('salary', 'createList', { ...list, employeesJson: [{ employeeId: 'x' }] } as never)).error
			?.message,
	).toMatch(/^Employees .*is not an ID/);
});
