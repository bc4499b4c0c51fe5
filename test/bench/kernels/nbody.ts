/** Floating point on objects: bodies in a plane that attract each other. Checksum: the bits of the energy. */
class Body {
  constructor(
    public x: f64,
    public y: f64,
    public vx: f64,
    public vy: f64,
    public mass: f64,
  ) {}
}

const COUNT = 5;
const STEPS = 500;
const STEP: f64 = 0.01;
const bodies = new StaticArray<Body>(COUNT);
for (let i = 0; i < COUNT; i++) bodies[i] = new Body(0, 0, 0, 0, 0);

function place(): void {
  for (let i = 0; i < COUNT; i++) {
    const body = bodies[i];
    const n: f64 = i;
    body.x = n * 4.0;
    body.y = n * n - 3.0;
    body.vx = 0.5 - 0.2 * n;
    body.vy = 0.3 * n;
    body.mass = 10.0 / (n + 1.0);
  }
}

function advance(dt: f64): void {
  for (let i = 0; i < COUNT; i++) {
    const a = unchecked(bodies[i]);
    for (let j = i + 1; j < COUNT; j++) {
      const b = unchecked(bodies[j]);
      const dx = a.x - b.x;
      const dy = a.y - b.y;
      const square = dx * dx + dy * dy;
      const pull = dt / (square * Math.sqrt(square));
      const toB = b.mass * pull;
      const toA = a.mass * pull;
      a.vx -= dx * toB;
      a.vy -= dy * toB;
      b.vx += dx * toA;
      b.vy += dy * toA;
    }
  }
  for (let i = 0; i < COUNT; i++) {
    const body = unchecked(bodies[i]);
    body.x += dt * body.vx;
    body.y += dt * body.vy;
  }
}

export function nbody(): u32 {
  place();
  for (let n = 0; n < STEPS; n++) advance(STEP);
  let energy: f64 = 0;
  for (let i = 0; i < COUNT; i++) {
    const body = bodies[i];
    energy += body.mass * (body.vx * body.vx + body.vy * body.vy);
  }
  const bits = reinterpret<u64>(energy);
  return <u32>(bits ^ (bits >> 32));
}
