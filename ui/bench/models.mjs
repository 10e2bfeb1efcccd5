// The rival's models as files.
import fs from 'node:fs';
import path from 'node:path';
import { decoder, encoder, small } from './network.mjs';

// writeModels fills a folder and gives for each rival its parameters and bytes.
export function writeModels(folder) {
  fs.mkdirSync(folder, { recursive: true });
  const weights = {};
  for (const [fusion, kind] of [[false, 'plain'], [true, 'fused']]) {
    for (const precision of ['f32', 'q8']) {
      const sum = { parameters: 0, bytes: 0 };
      for (const [part, make] of [['encoder', encoder], ['decoder', decoder]]) {
        const model = make(small, precision, fusion), bytes = model.bytes();
        fs.writeFileSync(path.join(folder, `${part}-${kind}-${precision}.onnx`), bytes);
        sum.parameters += model.parameters;
        sum.bytes += bytes.length;
      }
      weights[`${kind}-${precision}`] = sum;
    }
  }
  return weights;
}
