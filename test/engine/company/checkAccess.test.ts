/** The access of five users, and the hint at a list that is empty because a right is missing. */
import type { IDataObject } from 'n8n-workflow';
import { DEMO } from '../../sandbox';
import { rightsOf } from '../../sandbox/world/demo';
import { startBench, type Bench } from '../support';

let bench: Bench;
beforeAll(async () => void (bench = await startBench()));
beforeEach(() => bench.sandbox.reset());
afterAll(async () => await bench.close());

const as = (key: keyof typeof DEMO.keys) => ({ credential: bench.credential({ apiKey: DEMO.keys[key] }) });

/** The items, and `Employees: right missing, reads no, writes no` … for every part of Procountor. */
async function access(key: keyof typeof DEMO.keys): Promise<{ items: IDataObject[]; lines: string[] }> {
	const items = await bench.json('company', 'checkAccess', {}, as(key));
	const word = (can: unknown): string => (can === true ? 'yes' : can === false ? 'no' : String(can));
	const lines = items.map(
		({ area, canRead, canWrite, state }) =>
			`${String(area)}: ${String(state)}, reads ${word(canRead)}, writes ${word(canWrite)}`,
	);
	return { items, lines };
}

const endingIn = (lines: string[], ending: string): string[] =>
	lines.filter((line) => line.endsWith(ending)).map((line) => line.slice(0, line.indexOf(':')));
const ALL = 'ok, reads yes, writes yes';
const LOOK = 'ok, reads yes, writes no';
const MISSING = 'right missing, reads no, writes no';

function company() {
	return bench.sandbox.world.company(DEMO.companyId);
}

describe('Company: Check Access', () => {
	it('returns an item for each area, with company, user, environment and version', async () => {
		const { items } = await access('admin');
		expect(new Set(items.map(({ area }) => area)).size).toBe(items.length);
		expect(items.filter(({ whereToClick, state }) => whereToClick !== null && state !== 'cannot tell')).toEqual([]);
		const [{ companyId, companyName, userId, userName, role, environment, apiVersion, rightsKnown }] = items;
		expect({ companyId, companyName, userId, userName, role, environment, apiVersion, rightsKnown }).toEqual({
			companyId: DEMO.companyId,
			companyName: 'Koivurannan Kahvitukku Oy',
			userId: 1001,
			userName: 'aino.koivuranta',
			role: 'MAIN_USER',
			environment: 'custom',
			apiVersion: '26.04',
			rightsKnown: true,
		});
	});

	it('reports write access to all writable areas for a user with all rights', async () => {
		const { lines } = await access('admin');
		expect(endingIn(lines, LOOK)).toEqual(['Chart of accounts', 'Receipts of salaries', 'Accounting reports']);
		expect(lines.filter((line) => !line.endsWith(ALL) && !line.endsWith(LOOK))).toEqual([
			'Attachments: ok, reads yes, writes cannot tell',
			'Purchase invoices waiting for my verification: empty, reads yes, writes yes',
			'Webhooks: cannot tell, reads cannot tell, writes cannot tell',
		]);
	});

	it('reports read access without payroll for a user with viewing rights', async () => {
		const { items, lines } = await access('viewer');
		expect(endingIn(lines, ALL)).toEqual([]);
		expect(endingIn(lines, MISSING)).toEqual(['Employees', 'Salary lists', 'Salary slips']);
		expect(endingIn(lines, LOOK)).toHaveLength(25);
		expect(items.find(({ area }) => area === 'Employees')).toMatchObject({
			resource: 'Employee',
			whereToClick: 'Management > Users and user rights: Salaries > Payroll (all rights)',
		});
	});

	it('reports the missing rights of a user with sales rights only', async () => {
		const { items, lines } = await access('sales');
		expect(endingIn(lines, ALL)).toEqual([
			'Customers',
			'Sales invoices',
			'Sales orders and offers',
			'Receipts of sales invoices',
			'Sales products',
		]);
		expect(endingIn(lines, MISSING)).toHaveLength(25);
		expect(lines).toContain('Attachments: ok, reads yes, writes cannot tell');
		const suppliers = items.find(({ area }) => area === 'Suppliers');
		expect(suppliers).toMatchObject({
			area: 'Suppliers',
			resource: 'Business Partner',
			canRead: false,
			canWrite: false,
			state: 'right missing',
			why: 'The list is empty, and the user lacks the right',
			whereToClick: 'Management > Users and user rights: Purchases > Supplier register',
		});
	});

	it('reports the missing rights of a user without payroll rights', async () => {
		const user = company().users.get(1001);
		if (!user) throw new Error('No user 1001');
		user.rights = rightsOf('ALL_RIGHTS', {
			'salaries.payroll': 'NO_ACCESS',
			'salaries.personRegister': 'NO_ACCESS',
			'payments.salaryPayments': 'NO_ACCESS',
		});
		const { lines } = await access('admin');
		expect(endingIn(lines, MISSING)).toEqual([
			'Employees',
			'Receipts of salaries',
			'Salary payments',
			'Persons',
			'Salary lists',
			'Salary slips',
		]);
	});

	it('reports where to open the API if the company has closed it', async () => {
		company().settings.apiAllowed = false;
		const { error } = await bench.run('company', 'checkAccess', {}, as('admin'));
		expect(error?.message).toMatch(/^Procountor refused the login \(401: /);
		expect(error?.description).toMatch(
			/Management > Company info > Usage settings > Integration settings.*'Allow the usage of invoiceable API clients'/,
		);
	});

	it.each([false, true])(
		'reports missing rights if Procountor returns empty lists instead of 403: %s',
		async (shownAsEmpty) => {
			bench.sandbox.switches.missingRightShowsAsEmpty = shownAsEmpty;
			const { lines } = await access('nobody');
			expect(endingIn(lines, MISSING)).toHaveLength(30);
			expect(lines.filter((line) => !line.endsWith(MISSING)).map((line) => line.split(':')[0])).toEqual([
				'Attachments',
				'Webhooks',
			]);
		},
	);

	it('reports empty lists of a company without records as empty', async () => {
		const empty = bench.sandbox.world.addCompany(30303, 'Uusi Oy');
		const user = {
			...(company().users.get(1001) as NonNullable<ReturnType<ReturnType<typeof company>['users']['get']>>),
		};
		empty.users.set(user.id, user);
		bench.sandbox.world.addKey({ key: 'new-company', clientId: DEMO.client.id, companyId: 30303, userId: user.id });
		const items = await bench.json(
			'company',
			'checkAccess',
			{},
			{ credential: bench.credential({ apiKey: 'new-company' }) },
		);
		const states = items
			.filter(({ resource }) => ['Invoice', 'Business Partner', 'Product', 'Payment'].includes(String(resource)))
			.map(({ state }) => state);
		expect(new Set(states)).toEqual(new Set(['empty']));
	});

	it('reports lists limited to own records, and areas that the company does not use', async () => {
		const user = company().users.get(1005);
		if (!user) throw new Error('No user 1005');
		user.rights = rightsOf('NO_ACCESS', {
			'sales.salesInvoiceSearch': 'VIEWING_RIGHTS',
			'sales.personalSalesInvoicesOnly': true,
			'purchases.supplierRegister': 'NOT_ENABLED',
		});
		const { items } = await access('nobody');
		const [invoices] = items.filter(({ area }) => area === 'Sales invoices');
		expect(invoices).toMatchObject({
			canRead: true,
			canWrite: false,
			state: 'cannot tell',
			why: 'The list is empty, and the user sees only own records',
			limitedTo: 'records of the user',
		});
		expect(items.find(({ area }) => area === 'Suppliers')).toMatchObject({
			state: 'not in use',
			canRead: false,
			canWrite: false,
		});
	});

	it('reports a setting that may be off', async () => {
		company().settings.documentsActivated = false;
		const { items } = await access('admin');
		expect(items.find(({ area }) => area === 'Attachments')).toMatchObject({
			state: 'cannot tell',
			canRead: false,
			why: "Procountor refuses: the right may be missing, or 'Documents' may be off",
			whereToClick: 'Management > Users and user rights, or Management > Company info > Usage settings: Documents',
		});
	});

	it('returns all other areas if one call fails', async () => {
		bench.sandbox.faults.add(
			{ kind: 'status', status: 500, path: '/bankaccounts', times: 0 },
			{ kind: 'status', status: 500, path: '/users/rights', times: 0 },
		);
		const { items, lines } = await access('admin');
		expect(items[0].rightsKnown).toBe(false);
		expect(lines).toContain('Bank accounts: cannot tell, reads cannot tell, writes cannot tell');
		expect(lines).toContain('Customers: ok, reads yes, writes cannot tell');
	});
});

describe('Hint at an empty list', () => {
	const hints = async (key: keyof typeof DEMO.keys, resource: string, parameters = {}, items?: IDataObject[]) =>
		(await bench.run(resource, 'getAll', parameters as never, { ...as(key), ...(items ? { items } : {}) })).hints.map(
			({ message }) => message,
		);

	it('reports the missing right and where to grant it', async () => {
		expect(await hints('sales', 'bankStatement')).toEqual([
			'Bank statements cannot be seen: the user lacks the right. Grant it under Management > Users and user rights: Payments > Bank statement and reference payment.',
		]);
	});

	it('is shown as an error in a picker', async () => {
		const picked = bench.engine.listSearch('searchSupplier', {
			type: 'procountor',
			parameters: { resource: 'invoice', operation: 'createPurchase' },
			credentials: { procountorApi: as('sales').credential },
		});
		await expect(picked).rejects.toThrow(/^Suppliers cannot be seen: .* Management > Users and user rights/);
	});

	it('contains the requested record types', async () => {
		expect(
			(await hints('sales', 'invoice', { filters: { types: ['PURCHASE_INVOICE'] } })).map(
				(hint) => hint.split(' cannot')[0],
			),
		).toEqual(['Purchase invoices and orders']);
		expect(
			(await hints('sales', 'ledgerReceipt', { filters: { types: ['SALARY'] } })).map(
				(hint) => hint.split(' cannot')[0],
			),
		).toEqual(['Receipts of salaries']);
		expect(
			(await hints('sales', 'businessPartner', { filters: { type: 'SUPPLIER' } })).map(
				(hint) => hint.split(' cannot')[0],
			),
		).toEqual(['Suppliers']);
	});

	it('is shown once for several items', async () => {
		expect(await hints('sales', 'bankStatement', {}, [{}, {}, {}])).toHaveLength(1);
		expect(bench.sandbox.journal.to('GET /users/rights')).toHaveLength(1);
	});

	it('is not shown if the user has the right, or if the list has records', async () => {
		expect(await hints('admin', 'invoice', { filters: { searchTerm: 'no such thing' } })).toEqual([]);
		bench.sandbox.journal.clear();
		expect(await hints('sales', 'invoice')).toEqual([]);
		expect(bench.sandbox.journal.to('GET /users/rights')).toEqual([]);
	});

	it('is not shown if the rights cannot be read', async () => {
		bench.sandbox.faults.add({ kind: 'status', status: 500, path: '/users/rights', times: 0 });
		expect(await hints('sales', 'bankStatement')).toEqual([]);
	});
});
