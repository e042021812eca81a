import { sortedBy } from '../../src/vocabulary/sorted-by';

test('items are sorted by their texts, and those with the same one stay as they are', () => {
  const items = [
    { name: 'b', at: 1 },
    { name: 'a', at: 2 },
    { name: 'B', at: 3 },
    { name: 'a', at: 4 },
  ];
  const given = [...items];
  expect(sortedBy(items, ({ name }) => name).map(({ at }) => at)).toEqual([3, 2, 4, 1]);
  expect(items).toEqual(given);
});

test('the text of an item is made once', () => {
  let times = 0;
  const text = (item: number) => `${item} ${times++}`;
  expect(sortedBy([3, 1, 2, 5, 4], text)).toEqual([1, 2, 3, 4, 5]);
  expect(times).toBe(5);
});
