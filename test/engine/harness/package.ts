/** Loads built packages as n8n does, and provides node and credential types to n8n-core. */
import './logs';
import { PackageDirectoryLoader } from 'n8n-core';
import {
	NodeHelpers,
	type ICredentialType,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OAuth2Api } from './oauth2Api';
import { withOlderHelpers } from './olderHelpers';
import { startNode } from './startNode';

/** Names of the start node: its own, and those of the n8n nodes that it replaces in example workflows. */
export const startNodeTypes = [
	'harness.start',
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.scheduleTrigger',
	'n8n-nodes-base.noOp',
] as const;

export interface LoadOptions {
	/** Runs the nodes with the request helper of n8n releases before 2.11.1. */
	olderHelpers?: boolean;
}

export class LoadedPackages implements INodeTypes {
	private readonly nodes = new Map<string, INodeType | IVersionedNodeType>(
		startNodeTypes.map((name) => [name, startNode(name)]),
	);

	private readonly credentials = new Map<string, ICredentialType>([['oAuth2Api', new OAuth2Api()]]);

	private readonly nodesByCredential = new Map<string, string[]>();

	/** @param mainPackage the package whose node types can be named without its prefix */
	private constructor(
		readonly mainPackage: string,
		private readonly options: LoadOptions,
	) {}

	/**
	 * Loads packages from their folders; the first one is under test.
	 * @throws if a folder has no build, or if n8n would refuse the package
	 */
	static async load(directories: string[], options: LoadOptions = {}): Promise<LoadedPackages> {
		const names = directories.map((directory) => packageName(directory));
		const loaded = new LoadedPackages(names[0], options);
		for (const directory of directories) await loaded.add(directory);
		return loaded;
	}

	private async add(directory: string) {
		const loader = new PackageDirectoryLoader(directory);
		await loader.loadAll();
		for (const [name, { type }] of Object.entries(loader.nodeTypes))
			this.nodes.set(`${loader.packageName}.${name}`, this.options.olderHelpers ? withOlderHelpers(type) : type);
		for (const [name, { type }] of Object.entries(loader.credentialTypes)) {
			this.credentials.set(name, type);
			const supported = loader.known.credentials[name]?.supportedNodes ?? [];
			this.nodesByCredential.set(
				name,
				supported.map((node) => `${loader.packageName}.${node}`),
			);
		}
	}

	/** 'procountor' → 'n8n-nodes-procountor.procountor'; names with a package prefix are not changed. */
	fullName(type: string): string {
		return type.includes('.') ? type : `${this.mainPackage}.${type}`;
	}

	getByName(type: string): INodeType | IVersionedNodeType {
		const found = this.nodes.get(type);
		if (!found) throw new Error(`No node type "${type}" is loaded; there are: ${[...this.nodes.keys()].join(', ')}`);
		return found;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	getKnownTypes() {
		return {};
	}

	/** Every loaded node type with its package's name. */
	nodeNames(): string[] {
		return [...this.nodes.keys()];
	}

	credentialType(name: string): ICredentialType {
		const found = this.credentials.get(name);
		if (!found)
			throw new Error(`No credential type "${name}" is loaded; there are: ${[...this.credentials.keys()].join(', ')}`);
		return found;
	}

	/** The types that a credential type extends, directly or indirectly. */
	parentTypes(name: string): string[] {
		const parents = this.credentialType(name).extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.parentTypes(parent))];
	}

	/** Full names of the nodes that name this credential type in their description. */
	supportedNodes(credentialType: string): string[] {
		return this.nodesByCredential.get(credentialType) ?? [];
	}
}

function packageName(directory: string): string {
	const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
		name: string;
		n8n?: { nodes?: string[]; credentials?: string[] };
	};
	const files = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])];
	const missing = files.filter((file) => !existsSync(join(directory, file)));
	if (missing.length > 0)
		throw new Error(`${manifest.name} is not built: ${missing.join(', ')} missing. Run "npm run build" first.`);
	return manifest.name;
}
