/* control.ts in C. */
enum { TICKS = 4000 };

struct controller {
  float integral, last;
  float proportional, integrating, derivative, limit;
};
static struct controller controller = {0};

static void control_prepare(void) {
  controller = (struct controller){.proportional = 1.5f, .integrating = 0.02f, .derivative = 0.4f, .limit = 20.0f};
}

static float step(struct controller *c, float error) {
  c->integral = fmaxf(-c->limit, fminf(c->limit, c->integral + error * c->integrating));
  float change = error - c->last;
  c->last = error;
  float output = error * c->proportional + c->integral + change * c->derivative;
  return fmaxf(-c->limit, fminf(c->limit, output));
}

static uint32_t control(void) {
  controller.integral = 0;
  controller.last = 0;
  float position = 0, speed = 0, smooth = 0;
  uint32_t sum = 0;
  for (int tick = 0; tick < TICKS; tick++) {
    float wanted = tick & 512 ? 10 : -10;
    smooth += (position - smooth) * 0.25f;
    float force = step(&controller, wanted - smooth);
    speed = speed * 0.95f + force * 0.01f;
    position += speed * 0.1f;
    sum = sum * 3 + (uint32_t)(int32_t)(position * 1000.0f);
  }
  return sum;
}
