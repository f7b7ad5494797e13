/** Property tests draw the same values in every run, so that a run says something of the change that it is for. `PROPERTY_SEED` draws others. */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
