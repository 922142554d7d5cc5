package dev.weir.bench.bootstrap;

import dev.weir.bench.Scale;

/** How much state is moved. */
final class StateSize {
  private StateSize() {}

  /** Bytes of all documents together. */
  static long bytes(Scale scale) {
    if (scale.name().equals(Scale.FULL.name())) {
      return 2_000_000_000;
    }
    return scale.name().equals(Scale.SHORT.name()) ? 512_000_000 : 64_000_000;
  }

  /** How many documents that is. */
  static int documents(Scale scale) {
    return (int) (bytes(scale) / StateTopic.DOCUMENT_BYTES);
  }
}
