/** Must be imported before n8n-core, which reads its settings and creates its folder while it is loaded. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const projectRoot = join(__dirname, '..', '..', '..');
export const scratchFolder = join(projectRoot, '.scratch');

const userFolder = join(scratchFolder, `engine-${process.env.JEST_WORKER_ID ?? '0'}`);
mkdirSync(userFolder, { recursive: true });
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'engine-tests';
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
