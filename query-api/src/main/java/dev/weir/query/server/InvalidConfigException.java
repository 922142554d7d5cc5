package dev.weir.query.server;

import dev.weir.store.Fault;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message lists all of its faults, one on each line. */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  InvalidConfigException(String origin, List<Fault> faults) {
    super(
        faults.stream()
            .map(fault -> "  " + fault)
            .collect(
                Collectors.joining(
                    "\n", origin + " cannot be used (" + faults.size() + " to correct):\n", "")));
    this.faults = List.copyOf(faults);
  }

  /** Every fault that was found, at least one. */
  public List<Fault> faults() {
    return faults;
  }
}
