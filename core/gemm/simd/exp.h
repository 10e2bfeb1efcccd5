// Exponentials of four numbers, as in portable_exp.go: what is too small for a
// normal number is 0, what is too large infinite, and NaN stays.
#define C(v) wasm_f32x4_const(v, v, v, v)

INLINE vec exponentials(vec t) {
  vec in = wasm_f32x4_min(wasm_f32x4_max(t, C(-87.33654f)), C(88.72283f));
  vec shifted = wasm_f32x4_add(wasm_f32x4_mul(in, C(1.44269504088896340736f)), C(12582912.f));
  vec n = wasm_i32x4_sub(shifted, C(12582912.f)), whole = wasm_f32x4_sub(shifted, C(12582912.f));
  vec r = wasm_f32x4_sub(in, wasm_f32x4_mul(whole, C(0.693359375f)));
  r = wasm_f32x4_sub(r, wasm_f32x4_mul(whole, C(-2.12194440054690583e-4f)));
  vec p = wasm_f32x4_add(wasm_f32x4_mul(r, C(0.0013814538f)), C(0.008368745f));
  p = wasm_f32x4_add(wasm_f32x4_mul(p, r), C(0.04166839f));
  p = wasm_f32x4_add(wasm_f32x4_mul(p, r), C(0.16666521f));
  p = wasm_f32x4_add(wasm_f32x4_mul(p, r), C(0.49999994f));
  p = wasm_f32x4_add(wasm_f32x4_add(wasm_f32x4_mul(p, wasm_f32x4_mul(r, r)), r), C(1));
  // n reaches 128, one more than an exponent holds: scale by halves.
  vec half = wasm_i32x4_shr(n, 1), bias = wasm_i32x4_splat(127);
  p = wasm_f32x4_mul(p, wasm_i32x4_shl(wasm_i32x4_add(half, bias), 23));
  p = wasm_f32x4_mul(p, wasm_i32x4_shl(wasm_i32x4_add(wasm_i32x4_sub(n, half), bias), 23));
  p = wasm_v128_andnot(p, wasm_f32x4_lt(t, C(-87.33654f)));
  return wasm_v128_bitselect(C(__builtin_inff()), p, wasm_f32x4_gt(t, C(88.72283f)));
}

INLINE float exponential(float t) { return wasm_f32x4_extract_lane(exponentials(wasm_f32x4_splat(t)), 0); }

INLINE float expsums(float *dst, const float *x, int n, float top) {
  vec m = wasm_f32x4_splat(top), a = wasm_f32x4_splat(0);
  int i = 0;
  for (; i + 4 <= n; i += 4) {
    vec e = exponentials(wasm_f32x4_sub(wasm_v128_load(x + i), m));
    wasm_v128_store(dst + i, e);
    a = wasm_f32x4_add(a, e);
  }
  float s = sum(a);
  for (; i < n; i++) s += dst[i] = exponential(x[i] - top);
  return s;
}
