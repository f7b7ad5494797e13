/** The torture breaks the trigger on purpose: each line that it breaks is still there, once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from '../../torture/mutants';

const trigger = join(__dirname, '../../../nodes/Procountor/trigger');

it.each(MUTANTS)('$name finds its line in $file', ({ file, from }) => {
	expect(readFileSync(join(trigger, file), 'utf8').split(from)).toHaveLength(2);
});
