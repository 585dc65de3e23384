import type { ClassDeclaration, Range } from "assemblyscript";

/** A field of a message. */
export interface MessageField {
  readonly name: string;
  /** As its author wrote it. */
  readonly type: string;
  readonly isNullable: boolean;
  readonly isReadonly: boolean;
}

/** A class with `@message`: its fields are sent one after the other. */
export interface MessageClass {
  readonly declaration: ClassDeclaration;
  /** Its name with its type parameters, as it stands inside the class. */
  readonly type: string;
  /** The name of the type in Rust, if the author has given one. */
  readonly rustName: string | undefined;
  /** Those of an abstract base first. */
  readonly fields: readonly MessageField[];
  /** Errors in generated code are reported there. */
  readonly origin: Range;
}

/** One case of a sum type. */
export interface MessageCase {
  readonly message: MessageClass;
  /** Its number on the wire. */
  readonly index: number;
}

/** An abstract class with `@message`: what is sent is one of the classes that extend it. */
export interface SumType {
  readonly declaration: ClassDeclaration;
  readonly rustName: string | undefined;
  readonly cases: readonly MessageCase[];
  readonly origin: Range;
}
