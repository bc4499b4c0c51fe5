/**
 * Two programs find each other on the network; then one asks, ten times a second, and the other answers.
 *
 * Who announces itself is asked by who was there before. Whatever is lost on the way, is said twice or comes at the same
 * time from both sides is no harm: without an answer the announcing begins anew, and of two that want to ask the one with
 * the larger address does.
 */
import { console, cpu, dec, Statistics, timer } from "jh-inmate";
import { Receiver, Transmitter } from "./e1000/rings";
import * as frames from "./frames";

const MILLISECOND: u64 = 1_000_000;
/** One that is there already answers an announcement in that time. */
const ANSWER_TIME = timer.ticks(MILLISECOND);
const PERIOD = timer.ticks(100 * MILLISECOND);
/** Two announcements with less between them may have crossed: the stock program cannot cope with answers to both. */
const CROSSING = timer.ticks(20 * MILLISECOND);
/** A ping without an answer for so long, or none: the peer is gone, or has never known of its role. */
const PATIENCE = timer.ticks(1000 * MILLISECOND);

const NO_ROLE: u32 = 0;
const CONTROLLER: u32 = 1;
const TARGET: u32 = 2;

export class PingPong {
  private role: u32 = NO_ROLE;
  private peer: u64 = frames.EVERYBODY;
  /** When it is our turn. We listen first. */
  private due: u64 = timer.now() + PERIOD;
  /** When the ping was sent that has no answer yet; 0: none. */
  private asked: u64 = 0;
  /** Who is to be answered then. */
  private guest: u64 = 0;
  /** Since there last was a peer: when we announced ourselves (0: not yet), and whether we have said that we wait. */
  private announced: u64 = 0;
  private waiting: bool = false;
  private rounds: u32 = 0;
  private readonly times: Statistics = new Statistics();
  private readonly frame: usize = heap.alloc(frames.LENGTH);

  constructor(
    private readonly address: u64,
    private readonly receiver: Receiver,
    private readonly transmitter: Transmitter,
  ) {}

  /** Takes a frame, or sends one, or does nothing. */
  step(): void {
    const frame = this.receiver.packet();
    if (frame != 0) {
      const type = frames.typeOf(frame);
      const source = frames.sourceOf(frame);
      this.receiver.release();
      this.take(type, source);
    } else if (timer.now() >= this.due) {
      this.act();
    } else {
      cpu.relax();
    }
  }

  private take(type: u32, source: u64): void {
    if (type == frames.ANNOUNCE) {
      this.hear(source);
    } else if (type == frames.TARGET_ROLE || type == frames.PING) {
      if (this.role == CONTROLLER && this.address > source) return;
      this.meet(source, TARGET);
      if (type == frames.PING) this.send(frames.PONG);
    } else if (type == frames.PONG && this.asked != 0) {
      this.measure(timer.now() - this.asked);
      this.asked = 0;
      this.due = timer.now() + PERIOD;
    }
  }

  /** Answers an announcement, unless it is an old one; of one that may have crossed ours it awaits what comes of it. */
  private hear(source: u64): void {
    if (this.role == TARGET && timer.now() < this.due) return;
    if (this.role != NO_ROLE || timer.now() > this.announced + CROSSING) return this.invite(source);
    this.guest = source;
    this.due = timer.now() + CROSSING;
  }

  private act(): void {
    if (this.guest != 0) this.invite(this.guest);
    else if (this.role == CONTROLLER && this.asked == 0) this.ask();
    else if (this.announced != 0 && !this.waiting) this.wait();
    else this.announce();
  }

  private ask(): void {
    this.asked = timer.now();
    this.due = this.asked + PATIENCE;
    this.send(frames.PING);
  }

  private announce(): void {
    this.role = NO_ROLE;
    this.peer = frames.EVERYBODY;
    this.send(frames.ANNOUNCE);
    this.announced = timer.now();
    this.due = this.announced + (this.waiting ? PATIENCE : ANSWER_TIME);
  }

  private wait(): void {
    console.log("Waiting for peer");
    this.waiting = true;
    this.due = timer.now() + PATIENCE;
  }

  private invite(peer: u64): void {
    this.meet(peer, CONTROLLER);
    this.send(frames.TARGET_ROLE);
  }

  private meet(peer: u64, role: u32): void {
    if (role != this.role) console.log(role == CONTROLLER ? "Running as controller" : "Running as target");
    this.role = role;
    this.peer = peer;
    this.asked = 0;
    this.guest = 0;
    this.announced = 0;
    this.waiting = false;
    this.due = timer.now() + (role == CONTROLLER ? 0 : PATIENCE);
  }

  /** The first round counts for nothing: caches are cold. */
  private measure(ticks: u64): void {
    if (this.rounds++ == 0) return;
    const rtt = timer.ns(ticks);
    this.times.add(rtt);
    const min = this.times.min;
    const max = this.times.max;
    console.log(`Received pong, RTT: ${dec(rtt, 6)} ns, min: ${dec(min, 6)} ns, max: ${dec(max, 6)} ns`);
  }

  private send(type: u32): void {
    frames.compose(this.frame, this.peer, this.address, type);
    this.transmitter.send(this.frame, frames.LENGTH);
  }
}
