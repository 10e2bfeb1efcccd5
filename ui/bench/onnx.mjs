// Writes ONNX models (github.com/onnx/onnx, onnx.proto: the field numbers are its)
// as protobuf, by hand: a graph under construction, whose methods add an
// operator and return the names of its results.

export const F32 = 1, U8 = 2, I8 = 3, I64 = 7; // TensorProto.DataType

const utf8 = new TextEncoder();

function varint(n) {
  let v = BigInt.asUintN(64, BigInt(n));
  const out = [];
  for (; v > 127n; v >>= 7n) out.push(Number(v & 127n) | 128);
  out.push(Number(v));
  return Uint8Array.from(out);
}

const number = (field, n) => [varint(field << 3), varint(n)];
const float = (field, x) => [varint(field << 3 | 5), new Uint8Array(Float32Array.of(x).buffer)];

// message is a field of bytes: a string, an array of bytes, or nested fields.
function message(field, value) {
  const parts = typeof value === 'string' ? [utf8.encode(value)] : value instanceof Uint8Array ? [value] : value.flat(Infinity);
  const size = parts.reduce((n, p) => n + p.length, 0);
  return [varint(field << 3 | 2), varint(size), ...parts];
}

const bytesOf = a => new Uint8Array(a.buffer, a.byteOffset, a.byteLength);

export class Graph {
  #nodes = []; #tensors = []; #inputs = []; #outputs = []; #named = 0; #known = new Map();
  parameters = 0;

  #name() { return `t${this.#named++}`; }

  // constant adds a tensor of a type and shape; the same small one only once.
  constant(type, shape, values) {
    const key = values.length <= 8 ? `${type}|${shape}|${values}` : null;
    if (key && this.#known.has(key)) return this.#known.get(key);
    const name = this.#name();
    this.#tensors.push(message(5, [shape.map(d => number(1, d)), number(2, type), message(8, name), message(9, bytesOf(values))]));
    if (key) this.#known.set(key, name);
    return name;
  }

  integers(...values) { return this.constant(I64, [values.length], BigInt64Array.from(values, BigInt)); }
  scalar(x) { return this.constant(F32, [], Float32Array.of(x)); }

  // op adds an operator; outputs is how many results it has, or their names.
  // Whole attributes are integers; { float } is one that is not.
  op(type, inputs, attributes = {}, outputs = 1) {
    const names = Array.isArray(outputs) ? outputs : Array.from({ length: outputs }, () => this.#name());
    const attribute = ([name, v]) => message(5, [message(1, name),
      Array.isArray(v) ? [v.map(x => number(8, x)), number(20, 7)] : typeof v === 'object' ? [float(2, v.float), number(20, 1)] : [number(3, v), number(20, 2)]]);
    this.#nodes.push(message(1, [inputs.map(i => message(1, i)), names.map(o => message(2, o)), message(3, `n${this.#nodes.length}`), message(4, type),
      Object.entries(attributes).map(attribute)]));
    return names.length === 1 ? names[0] : names;
  }

  #value(field, name, type, shape) {
    const dims = shape.map(d => message(1, typeof d === 'string' ? message(2, d) : number(1, d)));
    return message(field, [message(1, name), message(2, message(1, [number(1, type), message(2, dims)]))]);
  }

  // A dimension given by a name is known only when the model runs.
  input(name, type, shape) { this.#inputs.push(this.#value(11, name, type, shape)); return name; }
  output(name, type, shape) { this.#outputs.push(this.#value(12, name, type, shape)); }

  bytes() {
    const graph = [this.#nodes, message(2, 'bench'), this.#tensors, this.#inputs, this.#outputs];
    const opset = message(8, [message(1, ''), number(2, 17)]);
    return Buffer.concat([number(1, 8), message(2, 'ace-bench'), message(7, graph), opset].flat(Infinity));
  }
}
