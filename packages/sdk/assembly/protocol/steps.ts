import { panic } from "../panic";
import { encodeMessage } from "../codec/codec";
import { Bincode } from "../codec/bincode";
import { receiveMessage } from "../process/receive";
import { sendTo } from "../process/send";
import { Channel } from "./channel";

/**
 * A place in a session: what may happen next, as a type. Each step gives the one after it and can be used once, so a
 * session that is compiled keeps its order.
 */
export abstract class Step {
  __channel: Channel | null = null;

  /** The channel, for the next step. A second call panics. */
  __take(): Channel {
    const channel = this.__channel;
    if (channel === null) panic("this step of a session was taken before: go on with what it returned");
    this.__channel = null;
    return channel!;
  }
}

/** The step of a type, at a channel. */
export function step<N extends Step>(channel: Channel): N {
  const next = instantiate<N>();
  next.__channel = channel;
  if (idof<N>() == idof<End>()) channel.isOver = true;
  return next;
}

/** Nothing is left to do. */
export class End extends Step {}

/** This end sends a `T`, then goes on with `N`. */
export class Send<T, N extends Step> extends Step {
  /** Sends the value and gives the next step. */
  send(value: T): N {
    const channel = this.__take();
    encodeMessage<T, Bincode>(channel.tag, value);
    sendTo(channel.node, channel.id);
    return step<N>(channel);
  }
}

/** What a step has received, and the step after it. */
export class Incoming<T, N> {
  constructor(
    /** What the other end has sent. */
    readonly value: T,
    /** How the session goes on. */
    readonly next: N,
  ) {}
}

/** This end receives a `T`, then goes on with `N`. */
export class Recv<T, N extends Step> extends Step {
  /** Waits for the value, and gives it and the next step. */
  receive(): Incoming<T, N> {
    const channel = this.__take();
    const value = receiveMessage<T, Bincode>(channel.tag);
    return new Incoming<T, N>(value, step<N>(channel));
  }
}

/** This end chooses: `L` or `R`. The other end has an `Offer`. */
export class Choose<L extends Step, R extends Step> extends Step {
  /** Goes on with `L`. */
  selectLeft(): L {
    return step<L>(choose(this.__take(), true));
  }

  /** Goes on with `R`. */
  selectRight(): R {
    return step<R>(choose(this.__take(), false));
  }
}

function choose(channel: Channel, isLeft: bool): Channel {
  encodeMessage<bool, Bincode>(channel.tag, isLeft);
  sendTo(channel.node, channel.id);
  return channel;
}

/** What the other end has chosen. */
export class Branch<L extends Step, R extends Step> {
  constructor(
    /** Whether it is `L`. */
    readonly isLeft: bool,
    private readonly channel: Channel,
  ) {}

  /** The step, if it is `L`; else this panics. */
  get left(): L {
    if (!this.isLeft) panic("the other end of the session has chosen the right branch");
    return step<L>(this.channel);
  }

  /** The step, if it is `R`; else this panics. */
  get right(): R {
    if (this.isLeft) panic("the other end of the session has chosen the left branch");
    return step<R>(this.channel);
  }
}

/** The other end chooses: `L` or `R`. */
export class Offer<L extends Step, R extends Step> extends Step {
  /** Waits for the choice. */
  offer(): Branch<L, R> {
    const channel = this.__take();
    const isLeft = receiveMessage<bool, Bincode>(channel.tag);
    if (isLeft ? idof<L>() == idof<End>() : idof<R>() == idof<End>()) channel.isOver = true;
    return new Branch<L, R>(isLeft, channel);
  }
}

/**
 * A part of a session that can be repeated: a class of its own with `@loop`, whose field `round` is what happens
 * each time. Inside, the name of the class stands for "from the start again".
 *
 * ```ts
 * @loop
 * class Doubling extends Loop {
 *   round!: Offer<Recv<u64, Send<u64, Doubling>>, End>;
 * }
 * ```
 */
export abstract class Loop extends Step {}

/**
 * A session as its other end sees it: `Dual<Send<i32, End>>` is `Recv<i32, End>`. It exists only as a type; the
 * compiler puts the session in its place.
 */
export class Dual<S> {}
