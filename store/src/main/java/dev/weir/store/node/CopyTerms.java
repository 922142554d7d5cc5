package dev.weir.store.node;

import dev.weir.store.ingest.Pace;
import dev.weir.store.ingest.ValueLimits;
import java.util.Set;

/**
 * How a node copies the sources into the log.
 *
 * @param limits how large what comes from a source may be
 * @param pace how fast it goes
 * @param acceptLostRecords names of the sources that go on where their topic has deleted records
 *     before they were read; all others stop there
 */
public record CopyTerms(ValueLimits limits, Pace pace, Set<String> acceptLostRecords) {
  public CopyTerms {
    acceptLostRecords = Set.copyOf(acceptLostRecords);
  }

  /** The defaults of each; no source accepts losses. */
  public static CopyTerms defaults() {
    return new CopyTerms(ValueLimits.defaults(), Pace.defaults(), Set.of());
  }
}
