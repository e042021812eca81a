import * as path from 'path';
import { operator } from '../../examples/operator/main';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { objectsIn, readTree, synthesized, temporaryDirectory } from '../synthesized';

const golden = readTree(path.join(__dirname, '../golden/operator'));

describe('the operator example', () => {
  const written = synthesized(operator(temporaryDirectory()));

  test('writes the files of test/golden/operator, and no others', () => {
    expect([...written.keys()]).toEqual([...golden.keys()]);
  });

  test.each([...golden.keys()])('writes %s as it was reviewed', (file) => {
    expect(written.get(file)).toBe(golden.get(file));
  });

  test.each([...golden.keys()].filter((file) => file.endsWith('.yaml')))(
    'writes nothing to %s that the API server does not know',
    (file) => {
      const objects = objectsIn(golden.get(file));
      expect(objects.length).toBeGreaterThan(0);
      for (const object of objects) {
        expect(validateAgainstSchemas(object)).toEqual([]);
      }
    },
  );
});
