/** Numbers that are added one by one, four bytes each; it grows past `expectedLength` where it must. */
export function createSeries(expectedLength: number) {
  let numbers = new Float32Array(Math.max(1024, expectedLength));
  let length = 0;
  return {
    add(value: number) {
      if (length === numbers.length) {
        const larger = new Float32Array(length * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length] = value;
      length += 1;
    },
    values: () => numbers.subarray(0, length),
  };
}
