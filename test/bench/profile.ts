/** Who holds the event loop, by a CPU profile of one piece of work. */
import { Session, type Profiler } from 'node:inspector';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Microseconds between two looks at what runs. */
const INTERVAL = 250;

/** Whose code a moment belongs to: the innermost frame that is not Node's own decides. */
export const owners = ['ours', 'n8n', 'axios', 'other packages', 'bench', 'node', 'garbage collection'] as const;
export type Owner = (typeof owners)[number];

export interface Hold {
	/** Milliseconds of work, by whose code was running. */
	spent: Record<Owner, number>;
	/** The longest time without a break in our own code, in milliseconds; garbage that was collected meanwhile left out. */
	ours: number;
	/** The same with everything that our code calls, n8n's helpers too: a step of ours as the event loop meets it. */
	withCalls: number;
	/** The longest time without a break in n8n's code and what it calls, while none of ours waits for it. */
	n8n: number;
	/** The longest collection of garbage. */
	collection: number;
	/** The longest time that the event loop was held, whoever held it. */
	any: number;
}

/** Does a piece of work under the profiler. */
export async function profiled(work: () => Promise<unknown>): Promise<Hold> {
	const session = new Session();
	session.connect();
	const post = async <T>(method: string, params: object = {}): Promise<T> =>
		await new Promise((resolve, reject) => session.post(method, params, (error, result) => (error ? reject(error) : resolve(result as T))));
	await post('Profiler.enable');
	await post('Profiler.setSamplingInterval', { interval: INTERVAL });
	await post('Profiler.start');
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	await work();
	delay.disable();
	const { profile } = await post<{ profile: Profiler.Profile }>('Profiler.stop');
	session.disconnect();
	const any = delay.max / 1e6;
	const found = read(profile);
	// Samples alone cannot tell two turns of the loop that follow each other at once from one long one; the loop itself can.
	return { ...found, ours: Math.min(found.ours, any), withCalls: Math.min(found.withCalls, any), n8n: Math.min(found.n8n, any), any };
}

type Node = Profiler.ProfileNode;

function read(profile: Profiler.Profile): Omit<Hold, 'any'> {
	const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
	const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
	const stackOf = (id: number): Node[] => {
		const stack: Node[] = [];
		for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) stack.push(nodes.get(at) as Node);
		return stack;
	};
	const kinds = new Map(profile.nodes.map(({ id }) => [id, kindOf(stackOf(id))]));
	const spent = Object.fromEntries(owners.map((owner) => [owner, 0])) as Record<Owner, number>;
	const [ours, withCalls, n8n, collection] = [new Longest(), new Longest(), new Longest(), new Longest()];
	(profile.samples ?? []).forEach((sample, index) => {
		const { owner, hasOurs, hasN8n } = kinds.get(sample) as Kind;
		// A sample stands for the time until the next one is taken.
		const milliseconds = (profile.timeDeltas?.[index + 1] ?? 0) / 1000;
		if (owner) spent[owner] += milliseconds;
		collection.add(milliseconds, owner === 'garbage collection');
		if (owner === 'garbage collection') return;
		ours.add(milliseconds, owner === 'ours');
		withCalls.add(milliseconds, hasOurs);
		n8n.add(milliseconds, hasN8n && !hasOurs);
	});
	return { spent, ours: ours.most, withCalls: withCalls.most, n8n: n8n.most, collection: collection.most };
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

/** The longest stretch of moments in a row that belong together. */
class Longest {
	most = 0;
	private now = 0;

	add(milliseconds: number, belongs: boolean): void {
		this.now = belongs ? this.now + milliseconds : 0;
		this.most = Math.max(this.most, this.now);
	}
}
