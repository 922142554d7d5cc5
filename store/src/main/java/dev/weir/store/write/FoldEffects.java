package dev.weir.store.write;

import dev.weir.store.Outcome;
import dev.weir.store.write.LogRecord.CommandId;
import java.util.ArrayList;
import java.util.List;

/**
 * What folding since the last drain means to the node around it: who may be answered, and what is
 * there to send. Nothing here is state; it is delivered after the state has been written. Confined
 * to the folding thread.
 */
public final class FoldEffects {
  private List<Decision> decisions = new ArrayList<>();
  private boolean toSend;
  private boolean redefined;
  private long refused;

  /**
   * The outcome of a command.
   *
   * @param offset of its record
   * @param id who waits for it
   * @param outcome what was decided
   */
  public record Decision(long offset, CommandId id, Outcome outcome) {}

  /**
   * Effects of a stretch of the log.
   *
   * @param decisions in log order
   * @param toSend whether the outbox or the continuations have something new
   * @param redefined whether the definitions changed
   * @param refused how many records were poison or rejected
   */
  public record Batch(List<Decision> decisions, boolean toSend, boolean redefined, long refused) {}

  void decided(long offset, CommandId id, Outcome outcome) {
    decisions.add(new Decision(offset, id, outcome));
  }

  void somethingToSend() {
    toSend = true;
  }

  void definitionsChanged() {
    redefined = true;
  }

  void refused() {
    refused++;
  }

  /** Takes what has gathered and starts anew. */
  public Batch drain() {
    Batch batch = new Batch(decisions, toSend, redefined, refused);
    decisions = decisions.isEmpty() ? decisions : new ArrayList<>();
    toSend = false;
    redefined = false;
    refused = 0;
    return batch;
  }
}
