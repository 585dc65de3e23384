/**
 * Panics with both values if they are not equal. Lists are compared element by element, everything else by `==`.
 *
 * ```ts
 * assertEqual(double(21), 42);
 * ```
 */
export function assertEqual<T>(actual: T, expected: T): void {
  if (!isEqual<T>(actual, expected)) {
    throw new Error(`expected ${describe<T>(expected)}, but it is ${describe<T>(actual)}`);
  }
}

function isEqual<T>(left: T, right: T): bool {
  if (isReference<T>() && !isNullable<T>() && isArrayLike<T>() && !isString<T>()) {
    if (left.length != right.length) return false;
    for (let i = 0, count = left.length; i < count; i++) {
      if (!isEqual<valueof<T>>(left[i], right[i])) return false;
    }
    return true;
  }
  return left == right;
}

function describe<T>(value: T): string {
  if (isNullable<T>()) {
    if (value === null) return "null";
    return describe<NonNullable<T>>(value);
  }
  if (isString<T>()) return `"${<string>value}"`;
  if (isDefined(value.toString)) return value.toString();
  return nameof<T>();
}
