import assert from 'node:assert/strict';
import { applyEdits } from 'jsonc-parser';
import { toFix } from '../../../sidecar/config/edits.ts';
import { set } from '../../../sidecar/config/problem.ts';

/** The text after `device` is set to "cpu". */
const edited = (text: string) => {
  const fix = toFix(text, set(['device'], 'cpu'));
  assert.ok(fix);
  return applyEdits(
    text,
    fix.edits.map(({ text: content, ...place }) => ({ ...place, content })),
  );
};

describe('setting a key of a config', () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    ['takes a line of its own', '{\n  "name": "a"\n}\n', '{\n  "name": "a",\n  "device": "cpu"\n}\n'],
    [
      'leaves groups on one line alone',
      '{\n  "data": { "source": "digits" }\n}\n',
      '{\n  "data": { "source": "digits" },\n  "device": "cpu"\n}\n',
    ],
    [
      'leaves a comment with the key it is about',
      '{\n\t"name": "a" // for now\n\t// the end\n}',
      '{\n\t"name": "a", // for now\n\t"device": "cpu"\n\t// the end\n}',
    ],
    [
      'keeps trailing commas where there is one',
      '{\n  "name": "a", /* x */ // y\n}',
      '{\n  "name": "a", /* x */ // y\n  "device": "cpu",\n}',
    ],
    [
      'keeps the line ends',
      '{\r\n  "model": {\r\n    "architecture": "dcgan"\r\n  }\r\n}\r\n',
      '{\r\n  "model": {\r\n    "architecture": "dcgan"\r\n  },\r\n  "device": "cpu"\r\n}\r\n',
    ],
    [
      'closes on the same line where that is how it was',
      '{\n  "name": "a" }',
      '{\n  "name": "a",\n  "device": "cpu" }',
    ],
    ['stays on the line of a config of one line', '{ "name": "a" }', '{ "name": "a", "device": "cpu" }'],
    ['replaces only the value', '{\n  "device": "auto" // fast\n}', '{\n  "device": "cpu" // fast\n}'],
    ['fills an empty config', '{\n}\n', '{\n  "device": "cpu"\n}\n'],
  ];
  for (const [what, before, after] of cases) it(what, () => assert.equal(edited(before), after));
});
