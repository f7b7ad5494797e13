/** Who holds the event loop, by a CPU profile of one piece of work. */
import { Session, type Profiler } from 'node:inspector';

/** Microseconds between two looks at what runs. */
const INTERVAL = 250;
/** Shorter turns of the event loop, in microseconds, are not looked at. */
const SHORT = 1000;

/** Whose code a moment belongs to: the innermost frame that is not Node's own decides. */
export const owners = ['ours', 'n8n', 'axios', 'other packages', 'bench', 'node', 'garbage collection'] as const;
export type Owner = (typeof owners)[number];

export interface Hold {
	/** Milliseconds of work, by whose code was running. */
	spent: Record<Owner, number>;
	/** The most that our own code took of one turn of the event loop, in milliseconds; garbage that was collected meanwhile left out. */
	ours: number;
	/** The same with everything that our code calls, n8n's helpers too: a step of ours as the event loop meets it. */
	withCalls: number;
	/** The same for n8n's code and what it calls, while none of ours waits for it. */
	n8n: number;
	/** The longest collection of garbage. */
	collection: number;
	/** The longest turn of the event loop, whoever took it. */
	any: number;
}

/** Does a piece of work under the profiler. */
export async function profiled(work: () => Promise<unknown>): Promise<Hold> {
	const session = new Session();
	session.connect();
	const post = async <T>(method: string, params: object = {}): Promise<T> =>
		await new Promise((resolve, reject) =>
			session.post(method, params, (error, result) => (error ? reject(error) : resolve(result as T))),
		);
	await post('Profiler.enable');
	await post('Profiler.setSamplingInterval', { interval: INTERVAL });
	await post('Profiler.start');
	const turns = new Turns();
	await work();
	turns.stop();
	const { profile } = await post<{ profile: Profiler.Profile }>('Profiler.stop');
	session.disconnect();
	return read(profile, turns.long);
}

/** A turn of the event loop that took some time, in microseconds of the process clock, as profiles have it. */
interface Turn {
	from: number;
	to: number;
}

/** Notes the turns of the event loop: samples alone cannot tell two that follow each other at once from a long one. */
class Turns {
	readonly long: Turn[] = [];
	private last = now();
	private isOn = true;

	constructor() {
		this.next();
	}

	stop(): void {
		this.isOn = false;
	}

	private next(): void {
		const at = now();
		if (at - this.last > SHORT) this.long.push({ from: this.last, to: at });
		this.last = at;
		if (this.isOn) setImmediate(() => this.next());
	}
}

const now = (): number => Number(process.hrtime.bigint() / 1000n);

type Node = Profiler.ProfileNode;

function read(profile: Profiler.Profile, turns: readonly Turn[]): Hold {
	const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
	const parents = new Map(
		profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
	);
	const stackOf = (id: number): Node[] => {
		const stack: Node[] = [];
		for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) stack.push(nodes.get(at) as Node);
		return stack;
	};
	const kinds = new Map(profile.nodes.map(({ id }) => [id, kindOf(stackOf(id))]));
	const spent = Object.fromEntries(owners.map((owner) => [owner, 0])) as Record<Owner, number>;
	const inTurns = turns.map(() => ({ ours: 0, withCalls: 0, n8n: 0 }));
	let [collection, collecting, turn, at] = [0, 0, 0, profile.startTime];
	(profile.samples ?? []).forEach((sample, index) => {
		const { owner, hasOurs, hasN8n } = kinds.get(sample) as Kind;
		at += profile.timeDeltas?.[index] ?? 0;
		// A sample stands for the time until the next one is taken.
		const milliseconds = (profile.timeDeltas?.[index + 1] ?? 0) / 1000;
		if (owner) spent[owner] += milliseconds;
		collecting = owner === 'garbage collection' ? collecting + milliseconds : 0;
		collection = Math.max(collection, collecting);
		while (turn < turns.length && turns[turn].to <= at) turn++;
		if (turn >= turns.length || at < turns[turn].from || collecting > 0) return;
		if (owner === 'ours') inTurns[turn].ours += milliseconds;
		if (hasOurs) inTurns[turn].withCalls += milliseconds;
		else if (hasN8n) inTurns[turn].n8n += milliseconds;
	});
	const most = (values: number[]): number => Math.max(0, ...values);
	return {
		spent,
		ours: most(inTurns.map(({ ours }) => ours)),
		withCalls: most(inTurns.map(({ withCalls }) => withCalls)),
		n8n: most(inTurns.map(({ n8n }) => n8n)),
		collection,
		any: most(turns.map(({ from, to }) => (to - from) / 1000)),
	};
}

interface Kind {
	/** Undefined while nothing runs. */
	owner?: Owner;
	hasOurs: boolean;
	hasN8n: boolean;
}

function kindOf(stack: Node[]): Kind {
	const name = stack[0].callFrame.functionName;
	if (name === '(idle)' || name === '(program)' || name === '(root)') return { hasOurs: false, hasN8n: false };
	const found = stack.map(({ callFrame }) => ownerOf(callFrame.url)).filter((owner) => owner !== undefined);
	const owner = name === '(garbage collector)' ? 'garbage collection' : (found[0] ?? 'node');
	return { owner, hasOurs: found.includes('ours'), hasN8n: found.includes('n8n') };
}

function ownerOf(url: string): Owner | undefined {
	if (url === '' || url.startsWith('node:')) return undefined;
	if (/\/package-\d+\/dist\//.test(url)) return 'ours';
	const name = url.split('node_modules/').slice(1).at(-1)?.split('/')[0];
	if (name === undefined) return 'bench';
	if (name.startsWith('n8n-') || name === '@n8n') return 'n8n';
	return name === 'axios' || name === 'follow-redirects' ? 'axios' : 'other packages';
}
