/** The small workflows of the end-to-end test, as the editor would save them. */
import type { IConnections, INode, INodeParameters } from 'n8n-workflow';
import type { CredentialReference, WorkflowDefinition } from './driver';

export const packageName = 'n8n-nodes-procountor';
export const startName = 'When clicking Execute';
export const nodeName = 'Procountor';
export const triggerName = 'Procountor Trigger';

/** Credential type and saved credential, and what the nodes' field 'Authentication' says with it. */
export interface Login {
	authentication: 'apiKey' | 'oAuth2';
	type: 'procountorApi' | 'procountorOAuth2Api';
	credential: CredentialReference;
}

const node = (name: string, type: string, parameters: INodeParameters, login?: Login): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: { ...(login && { authentication: login.authentication }), ...parameters },
	...(login && { credentials: { [login.type]: login.credential } }),
});

const wire = (from: string, to: string): IConnections => ({
	[from]: { main: [[{ node: to, type: 'main', index: 0 }]] },
});

/** A workflow that is started by hand and runs one operation of the Procountor node. */
export function manualWorkflow(name: string, login: Login, parameters: INodeParameters): WorkflowDefinition {
	return {
		name,
		nodes: [
			node(startName, 'n8n-nodes-base.manualTrigger', {}),
			node(nodeName, `${packageName}.procountor`, parameters, login),
		],
		connections: wire(startName, nodeName),
	};
}

/**
 * A workflow that the Procountor Trigger starts.
 *
 * n8n refuses a polling interval below a minute, but takes several times a minute one by one: so the trigger polls every
 * `seconds` seconds.
 */
export function triggerWorkflow(
	name: string,
	login: Login,
	parameters: INodeParameters,
	seconds: number,
): WorkflowDefinition {
	const times = Array.from({ length: Math.floor(60 / seconds) }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * seconds} * * * * *`,
	}));
	const trigger = node(
		triggerName,
		`${packageName}.procountorTrigger`,
		{ pollTimes: { item: times }, ...parameters },
		login,
	);
	return { name, nodes: [trigger, node('Done', 'n8n-nodes-base.noOp', {})], connections: wire(triggerName, 'Done') };
}
