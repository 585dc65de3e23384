import type { MessageClass, MessageField, SumType } from "./messageModel.ts";

/**
 * The members of a message: codecs call them with their writer or reader. Writers and readers of formats that name
 * fields have a method `field`; the compiler leaves the code that calls it out for the others.
 */
export function messageMembers(message: MessageClass): string[] {
  const { fields, rustName } = message;
  return [
    `__encode<W>(writer: W): void { writer.beginStruct(${fields.length}); this.__encodeFields<W>(writer); writer.endStruct(); }`,
    `__decode<R>(reader: R): void { reader.beginStruct(${fields.length}); this.__decodeFields<R>(reader); reader.endStruct(); }`,
    ...fieldMembers(message),
    ...(rustName === undefined ? [] : [typeNameMember(rustName)]),
  ];
}

/** The members of a class that is a case of a sum type: the type itself says which case it is. */
export function caseMembers(message: MessageClass): string[] {
  return fieldMembers(message);
}

/** The members of a sum type: they find the case that an object is, and the one that a message has. */
export function sumMembers(sum: SumType): string[] {
  const name = sum.declaration.name.text;
  const encodings = sum.cases.map(({ message, index }) => {
    const { declaration, fields } = message;
    const type = declaration.name.text;
    return (
      `if (this instanceof ${type}) {` +
      ` if (isDefined(writer.variant)) writer.variant(${quote(type)}, ${fields.length}); else writer.beginVariant(${index}, ${fields.length});` +
      ` changetype<${type}>(changetype<usize>(this)).__encodeFields<W>(writer); writer.endVariant(${fields.length}); return; }`
    );
  });
  const decode = (type: string, fields: number) => {
    const body = fields === 0 ? "" : "value.__decodeFields<R>(reader);";
    return `{ const value = ${newObject(type)}; reader.beginFields(${fields}); ${body} reader.endVariant(${fields}); return value; }`;
  };
  const named = sum.cases.map(({ message }) => {
    const type = message.declaration.name.text;
    return `if (reader.variant(${quote(type)})) ${decode(type, message.fields.length)}`;
  });
  const numbered = sum.cases.map(
    ({ message, index }) => `case ${index}: ${decode(message.declaration.name.text, message.fields.length)}`,
  );
  const unknown = `reader.fail("it is no case of ${name}"); return changetype<${name}>(<usize>0);`;
  return [
    `__encodeVariant<W>(writer: W): void { ${encodings.join(" ")} throw new Error("a case of ${name} that is not a @message"); }`,
    `__decodeVariant<R>(reader: R): ${name} { if (isDefined(reader.variant)) { reader.beginNamedVariant(); ${named.join(" ")} ${unknown} }` +
      ` else { switch (reader.beginVariant()) { ${numbered.join(" ")} default: { ${unknown} } } } }`,
    ...(sum.rustName === undefined ? [] : [typeNameMember(sum.rustName)]),
  ];
}

function fieldMembers({ fields, type }: MessageClass): string[] {
  const writes = fields.map(
    ({ name, type }) =>
      `if (isDefined(writer.field)) writer.field(${quote(name)}); writer.put<${type}>(this.${name});`,
  );
  const inOrder = fields.map((field) => readField(field, type));
  return [
    `__encodeFields<W>(writer: W): void { ${writes.join(" ")} }`,
    `__decodeFields<R>(reader: R): void { if (isDefined(reader.field)) { ${readByName(fields, type)} } else { ${inOrder.join(" ")} } }`,
  ];
}

/** Fields may come in any order then; those that can be null may be missing, as with serde. */
function readByName(fields: readonly MessageField[], owner: string): string {
  const reads = fields.map(
    (field, index) =>
      `if (reader.field(${quote(field.name)})) { ${readField(field, owner)} found${index} = true; continue; }`,
  );
  const flags = fields.map((_, index) => `let found${index} = false;`);
  const missing = fields.map(({ name, isNullable }, index) =>
    isNullable ? "" : `if (!found${index}) reader.missing(${quote(name)});`,
  );
  return `${flags.join(" ")} while (reader.nextField()) { ${reads.join(" ")} reader.skip(); } ${missing.join(" ")}`;
}

/** A readonly field is written behind the compiler's back: there is no constructor that takes it. */
function readField({ name, type, isReadonly }: MessageField, owner: string): string {
  if (!isReadonly) return `this.${name} = reader.get<${type}>();`;
  return (
    `{ const value = reader.get<${type}>(); store<${type}>(changetype<usize>(this), value, offsetof<${owner}>(${quote(name)}));` +
    ` if (isManaged<${type}>()) __link(changetype<usize>(this), changetype<usize>(value), false); }`
  );
}

function newObject(type: string): string {
  return `changetype<${type}>(__new(offsetof<${type}>(), idof<${type}>()))`;
}

function typeNameMember(name: string): string {
  return `__typeName(): string { return ${quote(name)}; }`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
