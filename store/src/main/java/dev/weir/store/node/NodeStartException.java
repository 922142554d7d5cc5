package dev.weir.store.node;

import java.util.List;

/** A node must not start as things are; the message lists every reason with what to do. */
public final class NodeStartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  NodeStartException(List<String> reasons) {
    super(String.join(System.lineSeparator(), reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** Every reason, each with what to do about it. */
  public List<String> reasons() {
    return reasons;
  }
}
