/** The torture tests break the trigger on purpose: each line that they change must still exist exactly once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from '../../torture/mutants';

const trigger = join(__dirname, '../../../nodes/Procountor/trigger');

it.each(MUTANTS)("The mutant '$name' finds its line exactly once in $file", ({ file, from }) => {
	expect(readFileSync(join(trigger, file), 'utf8').split(from)).toHaveLength(2);
});
