package dev.weir.query.graphql.execution;

import org.jspecify.annotations.Nullable;

/** The result of an operation that has one. */
final class OneResult implements Results {
  private final Result result;
  private volatile boolean taken;

  OneResult(Result result) {
    this.result = result;
  }

  @Override
  public @Nullable Result next() {
    if (taken) {
      return null;
    }
    taken = true;
    return result;
  }

  @Override
  public boolean isOver() {
    return taken;
  }

  @Override
  public void whenReady(Runnable action) {
    action.run();
  }

  @Override
  public void close() {
    taken = true;
  }
}
