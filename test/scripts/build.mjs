// Compiles to dist and copies what the compiler leaves: icons and codex files.
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
for (const folder of ['credentials', 'nodes']) {
	for (const file of readdirSync(folder, { recursive: true })) {
		if (/\.svg$|\.node\.json$/.test(file)) cpSync(join(folder, file), join('dist', folder, file));
	}
}
