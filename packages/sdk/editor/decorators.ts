/**
 * The framework's decorators, for editors: to the compiler they are names without a declaration. Parameters are loose
 * because TypeScript checks decorators by rules of its own; what they may stand on is checked by the compiler.
 */
export const DECORATORS = `
/** Makes a class sendable as a message, with all its fields. A name in brackets is its name for Rust programs. */
declare function message(name: string): any;
declare function message(...target: any[]): any;
/** A subclass of a message class that is one of its variants, as of an enum in Rust. */
declare function variant(...target: any[]): any;
/** Makes a process of a class: others hold a ref with its handlers. A name in brackets is its name for Rust programs. */
declare function process(name: string): any;
declare function process(...target: any[]): any;
/** Makes a supervisor of a class that extends Supervisor: its fields marked @child are the processes it keeps alive. */
declare function supervisor(...target: any[]): any;
/** A field of a supervisor that says which process it keeps alive. */
declare function child(...target: any[]): any;
/** The method that a new process runs first, with the arguments of its start. */
declare function init(...target: any[]): any;
/** A method that others call without waiting for it. */
declare function request(...target: any[]): any;
/** A method that others call and wait for, and that may answer later, through its Deferred. */
declare function deferred(...target: any[]): any;
/** Called when a linked process has died; with it the process catches link failures. */
declare function linkDeath(...target: any[]): any;
/** Called when a monitored process has died. */
declare function processDeath(...target: any[]): any;
/** Called when the process is asked to end. */
declare function terminate(...target: any[]): any;
/** A session that repeats its field "round". */
declare function loop(...target: any[]): any;
/** A class whose fields are the columns of a query's rows. */
declare function row(...target: any[]): any;
/** A function (): void that lunatic-web test runs, in a process of its own. */
declare function test(...target: any[]): any;
/** A test that is left out unless it is asked for. */
declare function ignore(...target: any[]): any;
/** A test that must panic, with a text that contains this one. */
declare function shouldPanic(text?: string | Function, ...target: any[]): any;
`;
