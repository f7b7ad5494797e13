/** A copy of the repository whose code contains all its mutants, switched off. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A place in a file; lines and columns count from one. */
interface Position {
	line: number;
	column: number;
}

/** A small change of one place. */
export interface Mutant {
	id: string;
	file: string;
	start: Position;
	end: Position;
	mutator: string;
	replacement: string;
}

const silent = (): void => undefined;
const logger = { debug: silent, info: silent, warn: console.warn, isDebugEnabled: () => false };
/** Tests compare the texts that matter; they are not about the wording of all others. */
const options = { plugins: null, excludedMutations: ['StringLiteral'], ignorers: [] };

/** Copies what git knows, and what it would add, to a folder, and mutates some of the files there. */
export async function instrument(folder: string, files: string[]): Promise<Mutant[]> {
	rmSync(folder, { recursive: true, force: true });
	for (const name of repositoryFiles()) cpSync(name, join(folder, name), { recursive: true });
	const { createInstrumenter } = await import('@stryker-mutator/instrumenter');
	const { createInjector } = await import('typed-inject');
	const injector = createInjector().provideValue('logger', logger as never);
	const given = files.map((name) => ({ name, content: readFileSync(name, 'utf8'), mutate: true }));
	const result = await injector.injectFunction(createInstrumenter).instrument(given, options);
	for (const { name, content } of result.files) writeFileSync(join(folder, name), content);
	return result.mutants
		.filter(({ status }) => status !== 'Ignored')
		.map(({ id, fileName, location: { start, end }, mutatorName, replacement }) => ({
			id,
			file: fileName,
			start: oneBased(start),
			end: oneBased(end),
			mutator: mutatorName,
			replacement: replacement ?? '',
		}));
}

function repositoryFiles(): Set<string> {
	const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
		encoding: 'utf8',
		maxBuffer: 100_000_000,
	});
	return new Set(listed.split('\0').filter((name) => name !== ''));
}

function oneBased({ line, column }: Position): Position {
	return { line: line + 1, column: column + 1 };
}
