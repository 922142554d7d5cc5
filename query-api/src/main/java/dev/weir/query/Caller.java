package dev.weir.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for an answer, and may leave before it comes: then nobody needs it any more. Safe from
 * any thread.
 */
public final class Caller {
  /** One that waits to the end. */
  public static final Caller PATIENT = new Caller(false);

  private final boolean mayLeave;
  private volatile boolean gone; // written under "this"
  private @Nullable List<Runnable> watching; // under "this"; null = nobody

  private Caller(boolean mayLeave) {
    this.mayLeave = mayLeave;
  }

  /** One that may leave. */
  public static Caller impatient() {
    return new Caller(true);
  }

  /** Whether it has left. */
  public boolean gone() {
    return gone;
  }

  /** It leaves; no effect if it has left already. */
  public void leave() {
    List<Runnable> told;
    synchronized (this) {
      if (!mayLeave || gone) {
        return;
      }
      gone = true;
      told = watching == null ? List.of() : watching;
      watching = null;
    }
    told.forEach(Runnable::run);
  }

  /** Does not run what {@link #whenGone} was given, if it has not left yet. */
  public synchronized void forget(Runnable action) {
    if (watching != null) {
      watching.remove(action);
    }
  }

  /** Runs something quick when it leaves, at once if it has left. */
  public void whenGone(Runnable action) {
    if (!mayLeave) {
      return;
    }
    synchronized (this) {
      if (!gone) {
        watching = watching == null ? new ArrayList<>(2) : watching;
        watching.add(action);
        return;
      }
    }
    action.run();
  }
}
