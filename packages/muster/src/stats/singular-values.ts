/** Rotations stop where columns are as perpendicular as doubles can tell. */
const perpendicular = 1e-15;
const mostSweeps = 60;

/**
 * The singular values of a matrix given by columns, largest first: one-sided Jacobi rotations (M. R. Hestenes, J. SIAM
 * 6 (1958) 51), which find small ones to full relative precision. For tables of up to some hundred columns.
 */
export function singularValues(columns: readonly (readonly number[])[]): number[] {
  const a = columns.map((column) => Float64Array.from(column));
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let turned = false;
    for (let i = 0; i < a.length; i++) {
      for (let j = i + 1; j < a.length; j++) turned = rotate(a[i], a[j]) || turned;
    }
    if (!turned) break;
  }
  return a.map((column) => Math.hypot(...column)).sort((p, q) => q - p);
}

/** Makes two columns perpendicular; false when they were. */
function rotate(p: Float64Array = new Float64Array(), q: Float64Array = new Float64Array()): boolean {
  let [pp, qq, pq] = [0, 0, 0];
  for (let r = 0; r < p.length; r++) {
    pp += (p[r] ?? 0) ** 2;
    qq += (q[r] ?? 0) ** 2;
    pq += (p[r] ?? 0) * (q[r] ?? 0);
  }
  if (!(Math.abs(pq) > perpendicular * Math.sqrt(pp * qq))) return false;
  const zeta = (qq - pp) / (2 * pq);
  const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const c = 1 / Math.hypot(1, t);
  for (let r = 0; r < p.length; r++) {
    const [x, y] = [p[r] ?? 0, q[r] ?? 0];
    p[r] = c * (x - t * y);
    q[r] = c * (y + t * x);
  }
  return true;
}
