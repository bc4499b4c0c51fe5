/** Floating point on objects: bodies that attract each other. Checksum: the bits of the energy. */
class Body {
  constructor(
    public x: f64,
    public y: f64,
    public z: f64,
    public vx: f64,
    public vy: f64,
    public vz: f64,
    public mass: f64,
  ) {}
}

const COUNT = 5;
const STEPS = 500;
const STEP: f64 = 0.01;
const bodies = new StaticArray<Body>(COUNT);
for (let i = 0; i < COUNT; i++) bodies[i] = new Body(0, 0, 0, 0, 0, 0, 0);

function place(): void {
  for (let i = 0; i < COUNT; i++) {
    const body = bodies[i];
    const n: f64 = i;
    body.x = n * 4.0;
    body.y = n * n - 3.0;
    body.z = 0.1 * n;
    body.vx = 0.5 - 0.2 * n;
    body.vy = 0.3 * n;
    body.vz = -0.01 * n;
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
      const dz = a.z - b.z;
      const square = dx * dx + dy * dy + dz * dz;
      const pull = dt / (square * Math.sqrt(square));
      a.vx -= dx * b.mass * pull;
      a.vy -= dy * b.mass * pull;
      a.vz -= dz * b.mass * pull;
      b.vx += dx * a.mass * pull;
      b.vy += dy * a.mass * pull;
      b.vz += dz * a.mass * pull;
    }
  }
  for (let i = 0; i < COUNT; i++) {
    const body = unchecked(bodies[i]);
    body.x += dt * body.vx;
    body.y += dt * body.vy;
    body.z += dt * body.vz;
  }
}

export function nbody(): u32 {
  place();
  for (let n = 0; n < STEPS; n++) advance(STEP);
  let energy: f64 = 0;
  for (let i = 0; i < COUNT; i++) {
    const body = bodies[i];
    energy += body.mass * (body.vx * body.vx + body.vy * body.vy + body.vz * body.vz);
  }
  const bits = reinterpret<u64>(energy);
  return <u32>(bits ^ (bits >> 32));
}
