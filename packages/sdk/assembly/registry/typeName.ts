/**
 * The name of a type as Rust prints it, since lunatic's Rust library makes it part of registered names: two processes
 * with different messages may have the same name, and processes in both languages find each other. A message class
 * has the name that its decorator gives, `@message("app::Job")`, or that of the class.
 */
export function typeName<T>(): string {
  if (isNullable<T>()) return `core::option::Option<${typeName<NonNullable<T>>()}>`;
  if (isString<T>()) return "alloc::string::String";
  if (isReference<T>()) return className<T>();
  return nameof<T>();
}

/** The name that lunatic's Rust library gives to a process of functions. */
export function processName<M, S>(name: string): string {
  return `${typeName<M>()}/${typeName<S>()}/Process/${name}`;
}

/** The name that lunatic's Rust library gives to an abstract process. */
export function processRefName<P, S>(name: string): string {
  return `${typeName<P>()}/${typeName<S>()}/ProcessRef/${name}`;
}

function className<T>(): string {
  const type = changetype<T>(<usize>0);
  if (isDefined(type.__typeName)) return type.__typeName();
  if (type instanceof ArrayBuffer) return "alloc::vec::Vec<u8>";
  if (isArrayLike<T>()) return `alloc::vec::Vec<${typeName<valueof<T>>()}>`;
  if (type instanceof Map) return mapName(type);
  if (type instanceof Set) return setName(type);
  return nameof<T>();
}

function mapName<K, V>(_type: Map<K, V>): string {
  return `std::collections::hash::map::HashMap<${typeName<K>()}, ${typeName<V>()}>`;
}

function setName<E>(_type: Set<E>): string {
  return `std::collections::hash::set::HashSet<${typeName<E>()}>`;
}
