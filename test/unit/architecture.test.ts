import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../..');

/** The folders of the package from top to bottom. A file may import from its own folder and from folders below it. */
const FLOORS = [
	['node files'],
	['trigger', 'webhook'],
	['resources'],
	['engine'],
	['listSearch'],
	['access'],
	['n8n'],
	['labels'],
	['api'],
	['validation'],
	['utils'],
];

interface Import {
	file: string;
	from: string;
	to: string;
}

/** The folder that contains a file of the node; files of the credentials belong to the top layer. */
function folderOf(file: string): string {
	const [first] = relative(join(root, 'nodes/Procountor'), file).replace(/\.ts$/, '').split('/');
	return first === '..' || first.endsWith('.node') ? 'node files' : first;
}

function floorOf(folder: string): number {
	return FLOORS.findIndex((floor) => floor.includes(folder));
}

function importsIn(file: string, text: string): Import[] {
	const paths = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)].map(([, path]) => path);
	return paths.map((path) => ({ file, from: folderOf(file), to: folderOf(`${join(dirname(file), path)}.ts`) }));
}

/** Imports that point upward or sideways to another folder. */
function upward(imports: Import[]): Import[] {
	return imports.filter(({ from, to }) => from !== to && floorOf(from) >= floorOf(to));
}

const shipped = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(root, folder, name)),
);
const texts = shipped.map((file) => [file, readFileSync(file, 'utf8')] as const);

describe('Architecture', () => {
	it('assigns a layer to every folder', () => {
		expect(shipped.map(folderOf).filter((folder) => floorOf(folder) < 0)).toEqual([]);
	});

	it('has no import that points upward, and no two folders that import each other', () => {
		expect(upward(texts.flatMap(([file, text]) => importsIn(file, text)))).toEqual([]);
	});

	it('imports no test into shipped code', () => {
		expect(texts.filter(([, text]) => /from '[^']*\btest\//.test(text)).map(([file]) => file)).toEqual([]);
	});

	it('detects an upward import', () => {
		const file = join(root, 'nodes/Procountor/api/client.ts');
		expect(upward(importsIn(file, "import { terms } from '../labels/terms';"))).toHaveLength(1);
	});
});
