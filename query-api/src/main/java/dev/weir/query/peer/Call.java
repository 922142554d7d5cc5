package dev.weir.query.peer;

import dev.weir.query.PeerReply;
import dev.weir.store.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call and who waits for it.
 *
 * @param <T> what is answered
 */
final class Call<T> {
  private final int number;
  private final FrameWriter frame;
  private final FrameReader.Element<T> answer;
  private final long deadline;
  private final Executor completions;
  private final Work work;
  private final CompletableFuture<PeerReply<T>> reply = new Reply();
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.NEW);
  private Runnable finished = () -> {}; // set before the call is sent
  private volatile @Nullable PeerConnection connection; // where it was sent

  /**
   * A call to be sent.
   *
   * @param work kind of work it makes at the called node
   * @param frame with kind, number and all fields
   * @param answer reads the answer behind its routing version
   * @param completions runs what depends on the reply
   */
  Call(
      Work work,
      int number,
      FrameWriter frame,
      FrameReader.Element<T> answer,
      Duration timeout,
      Executor completions) {
    this.work = work;
    this.number = number;
    this.frame = frame;
    this.answer = answer;
    this.deadline = System.nanoTime() + timeout.toNanos();
    this.completions = completions;
  }

  /** How far a call is; it never goes back. */
  private enum Stage {
    NEW,
    SENT,
    FINISHED
  }

  /** A reply whose cancellation takes the call back. */
  private final class Reply extends CompletableFuture<PeerReply<T>> {
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      if (cancelled) {
        takeBack();
      }
      return cancelled;
    }
  }

  private void takeBack() {
    if (stage.getAndSet(Stage.FINISHED) != Stage.FINISHED) {
      finished.run();
      PeerConnection sent = connection;
      if (sent != null) {
        sent.cancel(this);
      }
    }
  }

  Work work() {
    return work;
  }

  int number() {
    return number;
  }

  FrameWriter frame() {
    return frame;
  }

  CompletableFuture<PeerReply<T>> reply() {
    return reply;
  }

  /** Has something done just before the reply is given. */
  void whenFinished(Runnable action) {
    finished = action;
  }

  /** Claims the call for sending; false = it is over already and must not be sent. */
  boolean begin() {
    return stage.compareAndSet(Stage.NEW, Stage.SENT);
  }

  /** Says where it is sent, so that it can be taken back there. */
  void sentOn(PeerConnection way) {
    connection = way;
  }

  /** Ends the call if it is not being sent yet. */
  void giveUp(String why) {
    if (stage.compareAndSet(Stage.NEW, Stage.FINISHED)) {
      deliver(new PeerReply.Unsent<>(why));
    }
  }

  /** How long the caller still waits. */
  Duration patience() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  boolean expired(long now) {
    return now - deadline > 0;
  }

  /** Takes the answer's fields, behind its kind and number. */
  void answered(int kind, FrameReader in) {
    try {
      switch (kind) {
        case Frames.ANSWER -> {
          long routingVersion = in.readNumber();
          finish(new PeerReply.Answered<>(answer.read(in), routingVersion));
        }
        case Frames.BUSY -> refused(in.readText());
        case Frames.UNKNOWN -> refused("a node of another version does not know " + in.readText());
        case Frames.FAILED -> lost(in.readText());
        default -> lost("an answer of unknown kind " + kind);
      }
    } catch (MalformedFrameException e) {
      lost("the answer is unreadable: " + e.getMessage());
    }
  }

  void refused(String what) {
    finish(new PeerReply.Refused<>(new Refusal.Overloaded(what)));
  }

  void unsent(String why) {
    finish(new PeerReply.Unsent<>(why));
  }

  void lost(String why) {
    finish(new PeerReply.Lost<>(why));
  }

  private void finish(PeerReply<T> result) {
    if (stage.getAndSet(Stage.FINISHED) != Stage.FINISHED) {
      deliver(result);
    }
  }

  private void deliver(PeerReply<T> result) {
    finished.run();
    try {
      completions.execute(() -> reply.complete(result));
    } catch (RejectedExecutionException e) {
      reply.complete(result); // the node is stopping: whoever waits must still hear of it
    }
  }
}
