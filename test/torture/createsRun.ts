import type { IDataObject, INode } from 'n8n-workflow';
import { Engine, type RunResult, type SavedCredential } from '../engine/harness';
import { DEMO, startSandbox, type Sandbox } from '../sandbox';
import type { Fault } from '../sandbox/http/faults';
import { invoices } from '../sandbox/records/invoices/model';

/** How much faster the sandbox's clock goes than the machine's. */
const SPEED = 40;
/** The node's look-up time, in seconds of the machine: 24 of the sandbox's. */
const LOOK_UP = 0.6;
/** After this long nothing that was not found is waited for any more: 20 look-up times (the node's own rule), and a little. */
const SETTLED = LOOK_UP * 20 * 1000 + 500;
/** Workflows that run at the same time. */
const AT_ONCE = 24;
const date = '2026-10-01';

export interface Plan {
	seed: number;
	creates: number;
	/** How late a record shows at the latest, in milliseconds of the sandbox's clock. */
	latest: number;
}

export interface Outcome {
	invoices: number;
	twice: string[];
	missing: string[];
	/** Posts of one run of a workflow that reached Procountor twice. */
	repeatedPosts: string[];
	/** Two runs returned different invoices for one number. */
	disagreeing: string[];
	unclear: number;
	unclearButSaved: number;
	faults: number;
	runs: number;
	posts: number;
	seconds: number;
}

type Random = () => number;

/** A small generator of random numbers that a seed fixes (mulberry32). */
export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const chosen = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)];

const POST = { method: 'POST', path: '/invoices' };
/** What can happen to the post itself, and to any other request. A timeout is a connection that is cut after a while. */
const onPost: Array<Partial<Fault> & Pick<Fault, 'kind'>> = [
	{ kind: 'cutBefore' },
	{ kind: 'cutAfter' },
	{ kind: 'cutAfter' },
	{ kind: 'htmlError' },
	{ kind: 'badGateway' },
	{ kind: 'gatewayTimeout' },
	{ kind: 'unavailable' },
	{ kind: 'unavailable', retryAfter: 0 },
	{ kind: 'tooManyRequests', retryAfter: 0 },
	{ kind: 'unauthorized' },
];
const onAny: typeof onPost = [
	{ kind: 'cutBefore' },
	{ kind: 'cutAfter' },
	{ kind: 'badGateway' },
	{ kind: 'unavailable', retryAfter: 0 },
	{ kind: 'tooManyRequests', retryAfter: 0 },
	{ kind: 'unauthorized' },
	{ kind: 'latency', ms: 30 },
];

/** One workflow: some orders in one execution, with the settings that people give the node. */
interface Batch {
	orders: IDataObject[];
	settings: Partial<INode>;
	together: boolean;
}

class Torture {
	private readonly random: Random;
	private readonly returned = new Map<string, number>();
	private readonly repeatedPosts = new Set<string>();
	private readonly disagreeing = new Set<string>();
	private readonly unclearNumbers: string[] = [];
	private runs = 0;

	private constructor(
		private readonly plan: Plan,
		private readonly sandbox: Sandbox,
		private readonly engine: Engine,
		private readonly credential: SavedCredential,
	) {
		this.random = randomFrom(plan.seed);
	}

	static async of(plan: Plan, sandbox: Sandbox): Promise<Torture> {
		const engine = await Engine.start();
		const credential = engine.saveCredential('procountorApi', {
			environment: 'custom',
			baseUrl: sandbox.url,
			clientId: DEMO.client.id,
			clientSecret: DEMO.client.secret,
			apiKey: DEMO.keys.admin,
			requestsPerSecond: 1000,
		});
		return new Torture(plan, sandbox, engine, credential);
	}

	/** Orders in workflows of one to eight, most of them with 'Retry On Fail', some that go on past a failing item. */
	private batches(): Batch[] {
		const orders = Array.from({ length: this.plan.creates }, (_, index) => ({
			number: `T-${index}`,
			name: `Asiakas ${index % 17}`,
			price: 1 + Math.floor(this.random() * 50_000) / 100,
		}));
		const batches: Batch[] = [];
		while (orders.length) {
			const goesOn = this.random() < 0.3;
			batches.push({
				orders: orders.splice(0, 1 + Math.floor(this.random() * 8)),
				together: this.random() < 0.3,
				settings: goesOn
					? { onError: 'continueRegularOutput' }
					: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
		}
		return batches;
	}

	async play(): Promise<Outcome> {
		const began = performance.now();
		const { sandbox, plan } = this;
		sandbox.clock.flowing = true;
		// Every record shows late, each by its own time.
		sandbox.faults.late = Array.from({ length: plan.creates * 2 }, () => ({
			register: 'invoices',
			delayMs: Math.floor(this.random() * plan.latest),
			times: 1,
		}));
		const ticking = this.hurry();
		const batches = this.batches();
		// The first run and, at once, a second one: a schedule that fires again, or a person who is impatient.
		await this.inLanes(batches, async (batch) => {
			await this.run(batch, true);
			await this.run(batch, true);
		});
		// Some time later the workflow runs once more, without faults: what was unclear is settled by then.
		sandbox.faults.list = [];
		await new Promise((resolve) => setTimeout(resolve, SETTLED));
		const settled = this.found();
		await this.inLanes(batches, async (batch) => await this.run(batch, false));
		clearInterval(ticking);
		return this.outcome(began, settled);
	}

	/** Lets the sandbox's clock run ahead of the machine's. */
	private hurry(): NodeJS.Timeout {
		let last = performance.now();
		return setInterval(() => {
			const now = performance.now();
			this.sandbox.clock.advance((now - last) * (SPEED - 1));
			last = now;
		}, 5);
	}

	private async inLanes(batches: readonly Batch[], work: (batch: Batch) => Promise<void>): Promise<void> {
		let next = 0;
		const lane = async (): Promise<void> => {
			while (next < batches.length) await work(batches[next++]);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, lane));
	}

	private async run({ orders, settings, together }: Batch, withFaults: boolean): Promise<void> {
		if (withFaults) this.sprinkle(orders.length);
		const before = this.carriedOut(orders);
		this.runs++;
		const result = await this.engine.runNode({
			type: 'procountor',
			parameters: {
				resource: 'invoice',
				operation: 'create',
				date,
				counterPartyName: '={{ $json.name }}',
				originalInvoiceNumber: '={{ $json.number }}',
				specifyRows: 'json',
				invoiceRowsJson: '={{ [{ product: "Tilaus", unitPrice: $json.price, vatPercent: 25.5 }] }}',
				safetyFields: { lookUp: LOOK_UP, order: together ? 'together' : 'inTurn' },
			},
			credentials: { procountorApi: this.credential },
			items: orders,
			settings,
		});
		this.judge(result, orders);
		const after = this.carriedOut(orders);
		for (const [number, posts] of after) if (posts - (before.get(number) ?? 0) > 1) this.repeatedPosts.add(number);
	}

	/** A few faults for the next requests, whosever they are, and now and then tokens that end. */
	private sprinkle(orders: number): void {
		const { faults, state } = this.sandbox;
		for (let index = 0; index < orders; index++) {
			if (this.random() < 0.35)
				faults.add({ ...chosen(this.random, onPost), ...POST, after: Math.floor(this.random() * 6) } as Fault);
			if (this.random() < 0.25)
				faults.add({
					...chosen(this.random, onAny),
					method: 'GET',
					path: '/*',
					after: Math.floor(this.random() * 20),
				} as Fault);
		}
		if (this.random() < 0.05) state.auth.revokeTokens();
	}

	/** How often each number was posted in such a way that it may have taken effect. */
	private carriedOut(orders: readonly IDataObject[]): Map<string, number> {
		const wanted = new Set(orders.map(({ number }) => String(number)));
		const posts = new Map<string, number>();
		for (const { body, status } of this.sandbox.journal.to('POST /invoices')) {
			const number = (body as IDataObject | undefined)?.originalInvoiceNumber as string | undefined;
			if (number !== undefined && wanted.has(number) && status !== 429 && status !== 401)
				posts.set(number, (posts.get(number) ?? 0) + 1);
		}
		return posts;
	}

	private judge(result: RunResult, orders: readonly IDataObject[]): void {
		if (/unclear whether Procountor saved/.test(result.error?.message ?? ''))
			this.unclearNumbers.push(/invoice (T-\d+)/.exec(result.error?.message ?? '')?.[1] ?? '');
		else if (result.error && !/Procountor|connection/.test(result.error.message))
			throw new Error(`${result.error.message} ${String(result.error.stack)}`);
		for (const { json, pairedItem } of result.items[0] ?? []) {
			const number = String(orders[Number((pairedItem as { item: number }).item)].number);
			if (json.unclear === true) this.unclearNumbers.push(number);
			if (json.id === undefined) continue;
			const known = this.returned.get(number);
			if (known !== undefined && known !== json.id) this.disagreeing.add(number);
			this.returned.set(number, Number(json.id));
		}
	}

	/** How many invoices show under each number. */
	private found(): Map<string, number> {
		const found = new Map<string, number>();
		for (const { record } of this.sandbox.world.company(DEMO.companyId).register(invoices).all()) {
			const number = record.originalInvoiceNumber ?? '';
			if (number.startsWith('T-')) found.set(number, (found.get(number) ?? 0) + 1);
		}
		return found;
	}

	private outcome(began: number, settled: Map<string, number>): Outcome {
		const { sandbox, plan } = this;
		sandbox.clock.advance(24 * 3_600_000);
		const found = this.found();
		const numbers = Array.from({ length: plan.creates }, (_, index) => `T-${index}`);
		const unclear = new Set(this.unclearNumbers);
		return {
			invoices: [...found.values()].reduce((sum, one) => sum + one, 0),
			twice: [...found].filter(([, times]) => times > 1).map(([number]) => number),
			missing: numbers.filter((number) => !found.has(number)),
			repeatedPosts: [...this.repeatedPosts],
			disagreeing: [...this.disagreeing],
			unclear: unclear.size,
			unclearButSaved: [...unclear].filter((number) => settled.has(number)).length,
			faults: sandbox.journal.entries.filter(({ fault }) => fault !== undefined).length,
			runs: this.runs,
			posts: sandbox.journal.to('POST /invoices').length,
			seconds: (performance.now() - began) / 1000,
		};
	}
}

/** Plays one seed against a sandbox of its own. */
export async function torture(plan: Plan): Promise<Outcome> {
	const sandbox = await startSandbox({ clock: { flowing: true } });
	try {
		return await (await Torture.of(plan, sandbox)).play();
	} finally {
		await sandbox.close();
	}
}
