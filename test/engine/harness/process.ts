/**
 * An n8n in a separate process, which can be killed: runs the given steps, and prints each result as a line of
 * JSON, with the workflow's data as n8n would have saved it after the execution.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Engine, type CredentialData } from './index';

export interface Work {
	credential: CredentialData;
	saved?: IDataObject;
	steps: Array<{ parameters: INodeParameters; items?: IDataObject[] }>;
}

export interface Step {
	error?: string;
	items: IDataObject[];
	saved?: IDataObject;
}

async function main({ credential, saved, steps }: Work): Promise<void> {
	const engine = await Engine.start();
	const workflowData = { saved };
	for (const { parameters, items } of steps) {
		const run = await engine.runNode({
			type: 'procountor',
			parameters,
			credentials: { procountorApi: credential },
			workflowData,
			...(items ? { items } : {}),
		});
		const step: Step = {
			error: run.error?.message,
			items: (run.items[0] ?? []).map(({ json }) => json),
			saved: workflowData.saved,
		};
		process.stdout.write(`${JSON.stringify(step)}\n`);
	}
}

void main(JSON.parse(process.argv[2]) as Work).then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(String(error));
		process.exit(1);
	},
);
