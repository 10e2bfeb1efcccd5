// The kernels of core/gemm for WebAssembly with SIMD, built by build.sh, twice: for
// every engine with SIMD, and for those with relaxed SIMD. They run on the memory of a Go program: so there is no data, no stack and no state, only
// what the arguments point at, and every vector in flight has a name of its own.
//
// Lengths and strides are in elements. An optional pointer may be null. The Go
// functions that call them have checked every size.
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name))) name
#define INLINE static inline __attribute__((always_inline))
#define GLUE(a, b) a##b
#define CAT(a, b) GLUE(a, b)

typedef v128_t vec;
typedef signed char i8;
typedef short i16;

// With relaxed SIMD a product and its sum are one instruction, of one rounding, where
// the processor has it.
#ifdef __wasm_relaxed_simd__
#define FMADD(a, v, q) a = wasm_f32x4_relaxed_madd(v, q, a)
#else
#define FMADD(a, v, q) a = wasm_f32x4_add(a, wasm_f32x4_mul(v, q))
#endif
#define IMADD(a, v, q) a = wasm_i32x4_add(a, wasm_i32x4_dot_i16x8(v, q))

// The sums of the lanes of four vectors, a's in lane 0, d's in lane 3.
#define LANES(ADD)                                                                          \
  vec p = ADD(wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), wasm_i32x4_shuffle(a, b, 2, 6, 3, 7)); \
  vec q = ADD(wasm_i32x4_shuffle(c, d, 0, 4, 1, 5), wasm_i32x4_shuffle(c, d, 2, 6, 3, 7)); \
  vec s = ADD(wasm_i64x2_shuffle(p, q, 0, 2), wasm_i64x2_shuffle(p, q, 1, 3));
INLINE vec sums(vec a, vec b, vec c, vec d) { LANES(wasm_f32x4_add) return s; }
INLINE vec isums(vec a, vec b, vec c, vec d) { LANES(wasm_i32x4_add) return wasm_f32x4_convert_i32x4(s); }

INLINE float sum(vec a) {
  a = wasm_f32x4_add(a, wasm_i32x4_shuffle(a, a, 2, 3, 0, 1));
  return wasm_f32x4_extract_lane(a, 0) + wasm_f32x4_extract_lane(a, 1);
}

INLINE float max(float a, float b) { return __builtin_wasm_max_f32(a, b); } // NaN where one is

// ahead reads eight lines of the cache that are needed later, as there is no
// prefetch: at a page's first lines the processor learns to go on by itself. It
// makes products with weights that come from memory a quarter faster.
INLINE const char *ahead(const char *at, const char *end) {
  if (at + 8 * 64 > end) return at;
  for (int i = 0; i < 8; i++) (void)*(const volatile char *)(at + 64 * i);
  return at + 8 * 64;
}

INLINE float product(const float *x, const float *y, int n) {
  vec a = wasm_f32x4_splat(0), b = a;
  int i = 0;
  for (; i + 8 <= n; i += 8) {
    FMADD(a, wasm_v128_load(x + i), wasm_v128_load(y + i));
    FMADD(b, wasm_v128_load(x + i + 4), wasm_v128_load(y + i + 4));
  }
  for (; i + 4 <= n; i += 4) FMADD(a, wasm_v128_load(x + i), wasm_v128_load(y + i));
  float s = sum(wasm_f32x4_add(a, b));
  for (; i < n; i++) s += x[i] * y[i];
  return s;
}

INLINE float iproduct(const i16 *x, const i8 *w, int n) {
  vec a = wasm_i32x4_splat(0);
  int i = 0;
  for (; i + 8 <= n; i += 8) IMADD(a, wasm_i16x8_load8x8(w + i), wasm_v128_load(x + i));
  int s = wasm_i32x4_extract_lane(a, 0) + wasm_i32x4_extract_lane(a, 1) + wasm_i32x4_extract_lane(a, 2) + wasm_i32x4_extract_lane(a, 3);
  for (; i < n; i++) s += x[i] * w[i];
  return (float)s;
}

#define PRODUCT floats
#define X float
#define W float
#define STEP 4
#define LOADW wasm_v128_load
#define MADD FMADD
#define SUMS sums
#define DOT product
#include "product.h"

#define PRODUCT bytes
#define X i16
#define W i8
#define STEP 8
#define LOADW wasm_i16x8_load8x8
#define MADD IMADD
#define SUMS isums
#define DOT iproduct
#include "product.h"

void EXPORT(mul)(const float *x, int ldx, const float *w, int ldw, const float *bias, const float *res, float *y, int ldy, int m, int n, int k, int relu) {
  floats_end e = {0, 0, bias, res, y, ldy, relu};
  floats(x, ldx, w, ldw, e, m, n, k);
}

// mul8 is mul over quantised rows of x, with scales xs, and of w, with scales ws.
void EXPORT(mul8)(const i16 *x, const float *xs, const i8 *w, const float *ws, const float *bias, const float *res, float *y, int m, int n, int k, int relu) {
  bytes_end e = {xs, ws, bias, res, y, n, relu};
  bytes(x, k, w, k, e, m, n, k);
}

// quantise writes the rows of x [m, k] as whole multiples, at most `steps` either
// way, of a scale each.
void EXPORT(quantise)(const float *x, i16 *q, float *scale, int m, int k, float steps) {
  for (int r = 0; r < m; r++, x += k, q += k) {
    vec t = wasm_f32x4_splat(0);
    int i = 0;
    for (; i + 4 <= k; i += 4) t = wasm_f32x4_max(t, wasm_f32x4_abs(wasm_v128_load(x + i)));
    t = wasm_f32x4_max(t, wasm_i32x4_shuffle(t, t, 2, 3, 0, 1));
    float top = max(wasm_f32x4_extract_lane(t, 0), wasm_f32x4_extract_lane(t, 1));
    for (; i < k; i++) top = max(top, __builtin_fabsf(x[i]));
    scale[r] = top / steps;
    float inv = top > 0 ? steps / top : 0;
    if (inv == __builtin_inff()) inv = 0; // numbers so small that they have no scale
    vec by = wasm_f32x4_splat(inv);
    for (i = 0; i + 8 <= k; i += 8) {
      vec a = wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(wasm_f32x4_mul(wasm_v128_load(x + i), by)));
      vec b = wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(wasm_f32x4_mul(wasm_v128_load(x + i + 4), by)));
      wasm_v128_store(q + i, wasm_i16x8_narrow_i32x4(a, b));
    }
    for (; i < k; i++) {
      vec a = wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_nearest(wasm_f32x4_splat(x[i] * inv)));
      q[i] = wasm_i16x8_extract_lane(wasm_i16x8_narrow_i32x4(a, a), 0);
    }
  }
}

float EXPORT(dot)(const float *x, const float *y, int n) { return product(x, y, n); }

void EXPORT(axpy)(float alpha, const float *x, float *y, int n) {
  vec a = wasm_f32x4_splat(alpha);
  int i = 0;
  for (; i + 4 <= n; i += 4) wasm_v128_store(y + i, wasm_f32x4_add(wasm_v128_load(y + i), wasm_f32x4_mul(a, wasm_v128_load(x + i))));
  for (; i < n; i++) y[i] += alpha * x[i];
}

#include "exp.h"

float EXPORT(expsum)(float *dst, const float *x, int n, float top) { return expsums(dst, x, n, top); }

// gate: y = res + scale c/(1 + exp(-g)).
INLINE vec gated(vec c, vec g, float scale) {
  vec e = exponentials(wasm_f32x4_neg(g));
  return wasm_f32x4_div(wasm_f32x4_mul(wasm_f32x4_splat(scale), c), wasm_f32x4_add(e, wasm_f32x4_splat(1)));
}

void EXPORT(gate)(const float *c, const float *g, const float *res, float *y, int n, float scale) {
  int i = 0;
  for (; i + 4 <= n; i += 4) {
    vec v = gated(wasm_v128_load(c + i), wasm_v128_load(g + i), scale);
    if (res) v = wasm_f32x4_add(v, wasm_v128_load(res + i));
    wasm_v128_store(y + i, v);
  }
  for (; i < n; i++) {
    float v = wasm_f32x4_extract_lane(gated(wasm_f32x4_splat(c[i]), wasm_f32x4_splat(g[i]), scale), 0);
    y[i] = res ? v + res[i] : v;
  }
}

// norm: y = x g / sqrt(mean x² + eps), row by row.
void EXPORT(norm)(const float *x, const float *g, float *y, int rows, int width, float eps) {
  for (; rows > 0; rows--, x += width, y += width) {
    float inv = 1 / __builtin_sqrtf(product(x, x, width) / width + eps);
    vec by = wasm_f32x4_splat(inv);
    int i = 0;
    for (; i + 4 <= width; i += 4) wasm_v128_store(y + i, wasm_f32x4_mul(wasm_f32x4_mul(wasm_v128_load(x + i), by), wasm_v128_load(g + i)));
    for (; i < width; i++) y[i] = x[i] * inv * g[i];
  }
}

#include "attend.h"
