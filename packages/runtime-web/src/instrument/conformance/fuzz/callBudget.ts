/** The call budget's global: each call takes one, at zero functions return at once, so every run ends. */
export const BUDGET_GLOBAL = 0;

/** What `BUDGET_GLOBAL` is set to before each call from outside. */
export const CALL_BUDGET = 24;
