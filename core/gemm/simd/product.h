// The product of kernels.c over one type of elements, for which the macros stand:
//
//	PRODUCT  its name                    X, W  elements of x and of w
//	LOADW    STEP elements of w          SUMS  of the lanes of four vectors, as f32
//	MADD     adds products to a vector   DOT   of any length, as f32
//
// y[r, o] = act((x[r]·w[o]) xs[r] ws[o] + bias[o] + res[r, o]), and without scales
// where xs is null. x is [m, k], w [n, k], res and y are [m, n] and may be the same.
// A tile is 4 rows by 2 outputs or 2 rows by 4, which share their loads. Where k is
// no multiple of STEP, and for the outputs after the last four, every product is
// taken alone.

typedef struct {
  const float *xs, *ws, *bias, *res;
  float *y;
  int ldy, relu;
} CAT(PRODUCT, _end);

// finish4 ends the sums of outputs o to o+3 of row r.
INLINE void CAT(PRODUCT, _finish4)(vec s, CAT(PRODUCT, _end) e, int r, int o) {
  if (e.xs) s = wasm_f32x4_mul(s, wasm_f32x4_mul(wasm_v128_load32_splat(e.xs + r), wasm_v128_load(e.ws + o)));
  if (e.bias) s = wasm_f32x4_add(s, wasm_v128_load(e.bias + o));
  if (e.res) s = wasm_f32x4_add(s, wasm_v128_load(e.res + r * e.ldy + o));
  if (e.relu) s = wasm_f32x4_max(s, wasm_f32x4_splat(0));
  wasm_v128_store(e.y + r * e.ldy + o, s);
}

// finish2 ends the sums of outputs o and o+1 of rows r and r+1.
INLINE void CAT(PRODUCT, _finish2)(vec s, CAT(PRODUCT, _end) e, int r, int o) {
  int at = r * e.ldy + o;
  if (e.xs) {
    vec x = wasm_v128_load64_zero(e.xs + r);
    s = wasm_f32x4_mul(s, wasm_f32x4_mul(wasm_i32x4_shuffle(x, x, 0, 0, 1, 1), wasm_v128_load64_splat(e.ws + o)));
  }
  if (e.bias) s = wasm_f32x4_add(s, wasm_v128_load64_splat(e.bias + o));
  if (e.res) s = wasm_f32x4_add(s, wasm_v128_load64_lane(e.res + at + e.ldy, wasm_v128_load64_zero(e.res + at), 1));
  if (e.relu) s = wasm_f32x4_max(s, wasm_f32x4_splat(0));
  wasm_v128_store64_lane(e.y + at, s, 0);
  wasm_v128_store64_lane(e.y + at + e.ldy, s, 1);
}

INLINE void CAT(PRODUCT, _4x2)(const X *x, int ldx, const W *w, int ldw, int k, CAT(PRODUCT, _end) e, int r, int o) {
  vec a0 = wasm_i32x4_splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  for (const X *end = x + k; x < end; x += STEP, w += STEP) {
    vec v = LOADW(w), u = LOADW(w + ldw), q;
    q = wasm_v128_load(x);           MADD(a0, v, q); MADD(a1, u, q);
    q = wasm_v128_load(x + ldx);     MADD(b0, v, q); MADD(b1, u, q);
    q = wasm_v128_load(x + 2 * ldx); MADD(c0, v, q); MADD(c1, u, q);
    q = wasm_v128_load(x + 3 * ldx); MADD(d0, v, q); MADD(d1, u, q);
  }
  CAT(PRODUCT, _finish2)(SUMS(a0, a1, b0, b1), e, r, o);
  CAT(PRODUCT, _finish2)(SUMS(c0, c1, d0, d1), e, r + 2, o);
}

INLINE void CAT(PRODUCT, _2x4)(const X *x, int ldx, const W *w, int ldw, int k, CAT(PRODUCT, _end) e, int r, int o) {
  vec a0 = wasm_i32x4_splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  for (const X *end = x + k; x < end; x += STEP, w += STEP) {
    vec p = wasm_v128_load(x), q = wasm_v128_load(x + ldx), v;
    v = LOADW(w);           MADD(a0, v, p); MADD(b0, v, q);
    v = LOADW(w + ldw);     MADD(a1, v, p); MADD(b1, v, q);
    v = LOADW(w + 2 * ldw); MADD(a2, v, p); MADD(b2, v, q);
    v = LOADW(w + 3 * ldw); MADD(a3, v, p); MADD(b3, v, q);
  }
  CAT(PRODUCT, _finish4)(SUMS(a0, a1, a2, a3), e, r, o);
  CAT(PRODUCT, _finish4)(SUMS(b0, b1, b2, b3), e, r + 1, o);
}

INLINE void CAT(PRODUCT, _1x4)(const X *x, const W *w, int ldw, int k, CAT(PRODUCT, _end) e, int r, int o) {
  vec a0 = wasm_i32x4_splat(0), a1 = a0, a2 = a0, a3 = a0;
  for (const X *end = x + k; x < end; x += STEP, w += STEP) {
    vec q = wasm_v128_load(x);
    MADD(a0, LOADW(w), q);
    MADD(a1, LOADW(w + ldw), q);
    MADD(a2, LOADW(w + 2 * ldw), q);
    MADD(a3, LOADW(w + 3 * ldw), q);
  }
  CAT(PRODUCT, _finish4)(SUMS(a0, a1, a2, a3), e, r, o);
}

INLINE void PRODUCT(const X *x, int ldx, const W *w, int ldw, CAT(PRODUCT, _end) e, int m, int n, int k) {
  const char *end = (const char *)(w + n * ldw);
  int o = 0;
  for (; o + 4 <= n && k % STEP == 0; o += 4, w += 4 * ldw) {
    const char *next = (const char *)(w + 4 * ldw);
    int r = 0;
    for (; r + 4 <= m; r += 4) {
      next = ahead(next, end);
      CAT(PRODUCT, _4x2)(x + r * ldx, ldx, w, ldw, k, e, r, o);
      next = ahead(next, end);
      CAT(PRODUCT, _4x2)(x + r * ldx, ldx, w + 2 * ldw, ldw, k, e, r, o + 2);
    }
    if (r + 2 <= m) {
      CAT(PRODUCT, _2x4)(x + r * ldx, ldx, w, ldw, k, e, r, o);
      r += 2;
    }
    if (r < m) CAT(PRODUCT, _1x4)(x + r * ldx, w, ldw, k, e, r, o);
  }
  for (; o < n; o++, w += ldw)
    for (int r = 0; r < m; r++) {
      float s = DOT(x + r * ldx, w, k);
      if (e.xs) s *= e.xs[r] * e.ws[o];
      if (e.bias) s += e.bias[o];
      if (e.res) s += e.res[r * e.ldy + o];
      if (e.relu) s = __builtin_wasm_max_f32(s, 0);
      e.y[r * e.ldy + o] = s;
    }
}

#undef PRODUCT
#undef X
#undef W
#undef STEP
#undef LOADW
#undef MADD
#undef SUMS
#undef DOT
