/** A real n8n with this package as it would be published, and the sandbox beside it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { DEMO, startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { N8nDriver, type CredentialReference, type Owner, type WorkflowDefinition } from './driver';
import { installN8n, packProject, unpackInto } from './install';
import { N8nServer } from './server';

/** The first user of each n8n that tests start. */
export const owner: Owner = { email: 'owner@example.com', password: 'Koivuranta1' };

export interface Stage {
	sandbox: Sandbox;
	server: N8nServer;
	/** Logged in as the owner. */
	n8n: N8nDriver;
	close(): Promise<void>;
}

export interface StageOptions {
	/** Emptied first; holds the tarball and n8n's user folder. */
	folder: string;
	/** 0 or nothing: any free port. */
	port?: number;
	sandbox?: SandboxOptions;
	print(line: string): void;
}

/**
 * Installs n8n if it is missing, packs the project, and starts both.
 * @throws when a step fails; nothing stays running then
 */
export async function startStage({ folder, port, sandbox: options, print }: StageOptions): Promise<Stage> {
	const installation = await installN8n(print);
	rmSync(folder, { recursive: true, force: true });
	const userFolder = join(folder, 'user');
	await unpackInto(userFolder, await packProject(folder));
	const sandbox = await startSandbox(options);
	const server = await N8nServer.create({ installation, userFolder, port, encryptionKey: 'a key for tests alone' });
	const close = async () => {
		await server.stop();
		await sandbox.close();
	};
	try {
		await server.start();
		const n8n = new N8nDriver(server.url);
		await n8n.setUpOwner(owner);
		return { sandbox, server, n8n, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** The form content of a credential for the sandbox that both credential types share. */
export function clientData({ url }: Sandbox): ICredentialDataDecryptedObject {
	return {
		environment: 'custom',
		baseUrl: url,
		apiVersion: 'latest',
		requestsPerSecond: 50,
		clientId: DEMO.client.id,
		clientSecret: DEMO.client.secret,
	};
}

/** The address to which n8n's OAuth2 login returns. */
export const callbackOf = ({ url }: { url: string }): string => `${url}/rest/oauth2-credential/callback`;

/** Registers n8n's callback with the sandbox's demo client, as Procountor does on request. */
export function registerCallback(sandbox: Sandbox, n8n: { url: string }): void {
	const client = sandbox.world.clients.get(DEMO.client.id);
	if (!client) throw new Error('The sandbox has no demo client');
	client.redirectUri = callbackOf(n8n);
}

/** A workflow with the credentials of this n8n in the place of those it was exported with, by their type. */
export function withCredentials(
	workflow: WorkflowDefinition,
	saved: Record<string, CredentialReference>,
): WorkflowDefinition {
	const nodes = workflow.nodes.map((node) => ({
		...node,
		...(node.credentials && {
			credentials: Object.fromEntries(
				Object.entries(node.credentials).map(([type, theirs]) => [type, saved[type] ?? theirs]),
			),
		}),
	}));
	const { name, connections, settings } = workflow;
	return { name, nodes, connections, settings };
}
