/** What a control loop computes at each tick, in 32-bit floats: a filter, a PID controller with limits, a model of what it controls. */
const TICKS = 4000;

class Controller {
  integral: f32 = 0;
  last: f32 = 0;
  constructor(
    public proportional: f32,
    public integrating: f32,
    public derivative: f32,
    public limit: f32,
  ) {}

  step(error: f32): f32 {
    this.integral = Mathf.max(-this.limit, Mathf.min(this.limit, this.integral + error * this.integrating));
    const change = error - this.last;
    this.last = error;
    const output = error * this.proportional + this.integral + change * this.derivative;
    return Mathf.max(-this.limit, Mathf.min(this.limit, output));
  }
}

const controller = new Controller(1.5, 0.02, 0.4, 20);

export function control(): u32 {
  controller.integral = 0;
  controller.last = 0;
  let position: f32 = 0;
  let speed: f32 = 0;
  let smooth: f32 = 0;
  let sum: u32 = 0;
  for (let tick = 0; tick < TICKS; tick++) {
    const wanted: f32 = tick & 512 ? 10 : -10;
    smooth += (position - smooth) * 0.25;
    const force = controller.step(wanted - smooth);
    speed = speed * 0.95 + force * 0.01;
    position += speed * 0.1;
    sum = sum * 3 + <u32>(<i32>(position * 1000.0));
  }
  return sum;
}
