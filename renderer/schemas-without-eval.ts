import { config } from 'zod';

// The window's content policy allows no code made from strings. Must be imported before any schema.
config({ jitless: true });
