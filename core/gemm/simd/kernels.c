// The kernels of core/gemm for WebAssembly with SIMD, built by build.sh. They run
// on the memory of a Go program: so there is no data, no stack and no state, only
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

#define FMADD(a, v, q) a = wasm_f32x4_add(a, wasm_f32x4_mul(v, q))
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

INLINE void axpys(float alpha, const float *x, float *y, int n) {
  vec a = wasm_f32x4_splat(alpha);
  int i = 0;
  for (; i + 4 <= n; i += 4) wasm_v128_store(y + i, wasm_f32x4_add(wasm_v128_load(y + i), wasm_f32x4_mul(a, wasm_v128_load(x + i))));
  for (; i < n; i++) y[i] += alpha * x[i];
}

void EXPORT(axpy)(float alpha, const float *x, float *y, int n) { axpys(alpha, x, y, n); }

// exponentials by the method of portable_exp.go.
INLINE vec exponentials(vec t) {
#define C(v) wasm_f32x4_const(v, v, v, v)
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

float EXPORT(expsum)(float *dst, const float *x, int n, float top) { return expsums(dst, x, n, top); }

// gate: y = res + scale c/(1 + exp(-g)).
INLINE vec gated(vec c, vec g, float scale) {
  vec e = exponentials(wasm_f32x4_neg(wasm_f32x4_max(g, wasm_f32x4_splat(-87))));
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
