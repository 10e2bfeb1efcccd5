// attend: for `rows` queries q, ldq apart, of `heads` heads of width `head`: keys
// and values are the rows keys[span[2r]] and following, span[2r+1] of them, of key
// and value, ldkv apart; w has room for as many numbers as a query has keys.
void EXPORT(attend)(const float *q, int ldq, const float *key, const float *value, int ldkv, const unsigned *keys, const unsigned *span, float *w, float *y, int rows, int heads, int head) {
  float scale = 1 / __builtin_sqrtf(head);
  for (int r = 0; r < rows; r++, q += ldq, y += heads * head) {
    const unsigned *ks = keys + span[2 * r];
    int n = span[2 * r + 1];
    for (int h = 0; h < heads; h++) {
      const float *qh = q + h * head, *kh = key + h * head, *vh = value + h * head;
      float *yh = y + h * head;
      float top = -__builtin_inff();
      int j = 0;
      for (; j + 4 <= n && head % 4 == 0; j += 4) {
        const float *k0 = kh + ks[j] * ldkv, *k1 = kh + ks[j + 1] * ldkv, *k2 = kh + ks[j + 2] * ldkv, *k3 = kh + ks[j + 3] * ldkv;
        vec a = wasm_f32x4_splat(0), b = a, c = a, d = a;
        for (int i = 0; i < head; i += 4) {
          vec v = wasm_v128_load(qh + i);
          FMADD(a, v, wasm_v128_load(k0 + i));
          FMADD(b, v, wasm_v128_load(k1 + i));
          FMADD(c, v, wasm_v128_load(k2 + i));
          FMADD(d, v, wasm_v128_load(k3 + i));
        }
        wasm_v128_store(w + j, wasm_f32x4_mul(sums(a, b, c, d), wasm_f32x4_splat(scale)));
      }
      for (; j < n; j++) w[j] = product(qh, kh + ks[j] * ldkv, head) * scale;
      for (j = 0; j < n; j++) top = max(top, w[j]);
      float inv = n ? 1 / expsums(w, w, n, top) : 0;
      int i = 0;
      for (; i + 16 <= head; i += 16) {
        vec a = wasm_f32x4_splat(0), b = a, c = a, d = a;
        for (j = 0; j < n; j++) {
          const float *v = vh + ks[j] * ldkv + i;
          vec s = wasm_v128_load32_splat(w + j);
          FMADD(a, s, wasm_v128_load(v));
          FMADD(b, s, wasm_v128_load(v + 4));
          FMADD(c, s, wasm_v128_load(v + 8));
          FMADD(d, s, wasm_v128_load(v + 12));
        }
        vec by = wasm_f32x4_splat(inv);
        wasm_v128_store(yh + i, wasm_f32x4_mul(a, by));
        wasm_v128_store(yh + i + 4, wasm_f32x4_mul(b, by));
        wasm_v128_store(yh + i + 8, wasm_f32x4_mul(c, by));
        wasm_v128_store(yh + i + 12, wasm_f32x4_mul(d, by));
      }
      for (; i < head; i++) {
        float s = 0;
        for (j = 0; j < n; j++) s += w[j] * vh[ks[j] * ldkv + i];
        yh[i] = s * inv;
      }
    }
  }
}
