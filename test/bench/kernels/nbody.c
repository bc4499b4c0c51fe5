/* nbody.ts in C: the bodies are an array of structs. */
struct body {
  double x, y, vx, vy, mass;
};

enum { BODIES = 5, STEPS = 500 };
static struct body bodies[BODIES];

static void place(void) {
  for (int i = 0; i < BODIES; i++) {
    double n = i;
    bodies[i] = (struct body){n * 4.0, n * n - 3.0, 0.5 - 0.2 * n, 0.3 * n, 10.0 / (n + 1.0)};
  }
}

static void advance(double dt) {
  for (int i = 0; i < BODIES; i++) {
    struct body *a = &bodies[i];
    for (int j = i + 1; j < BODIES; j++) {
      struct body *b = &bodies[j];
      double dx = a->x - b->x, dy = a->y - b->y;
      double square = dx * dx + dy * dy;
      double pull = dt / (square * sqrt(square));
      double to_b = b->mass * pull, to_a = a->mass * pull;
      a->vx -= dx * to_b;
      a->vy -= dy * to_b;
      b->vx += dx * to_a;
      b->vy += dy * to_a;
    }
  }
  for (int i = 0; i < BODIES; i++) {
    struct body *body = &bodies[i];
    body->x += dt * body->vx;
    body->y += dt * body->vy;
  }
}

static uint32_t nbody(void) {
  place();
  for (int n = 0; n < STEPS; n++) advance(0.01);
  double energy = 0;
  for (int i = 0; i < BODIES; i++) {
    const struct body *body = &bodies[i];
    energy += body->mass * (body->vx * body->vx + body->vy * body->vy);
  }
  uint64_t bits;
  memcpy(&bits, &energy, sizeof bits);
  return (uint32_t)(bits ^ bits >> 32);
}
