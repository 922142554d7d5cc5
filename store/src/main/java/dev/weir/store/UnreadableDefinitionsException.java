package dev.weir.store;

import java.util.List;
import java.util.stream.Collectors;

/** Persisted definitions that this build cannot read. */
public final class UnreadableDefinitionsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean newer;

  private UnreadableDefinitionsException(String message, boolean newer) {
    super(message);
    this.newer = newer;
  }

  /**
   * Whether they are whole, but say things this build does not know: a newer version wrote them,
   * and whoever folds must stop. Otherwise they are damaged.
   */
  public boolean newer() {
    return newer;
  }

  static UnreadableDefinitionsException newer(List<Fault> faults) {
    return new UnreadableDefinitionsException(
        "the definitions were written by a newer version of Weir (update this node): "
            + faults.stream().map(Fault::toString).collect(Collectors.joining("; ")),
        true);
  }

  static UnreadableDefinitionsException damaged() {
    return new UnreadableDefinitionsException("the definitions are not JSON: damaged", false);
  }
}
