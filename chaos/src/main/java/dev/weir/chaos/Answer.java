package dev.weir.chaos;

import java.util.Optional;

/** What a client was told. */
public sealed interface Answer {

  /** Whether the call had its effect for certain, or the read saw something. */
  default boolean ok() {
    return false;
  }

  /** The version that the answer told. */
  default Optional<Version> version() {
    return Optional.empty();
  }

  /**
   * The answer of a read.
   *
   * @param value that was read; {@link Call#ABSENT} = no document
   * @param base that was read; {@link #NOT_TOLD} = the answer did not say
   * @param version of it, if there was one
   * @param node that answered, or empty
   */
  record Seen(long value, long base, Optional<Version> version, String node) implements Answer {
    /** The base when the answer does not say. */
    public static final long NOT_TOLD = -1;

    /** An answer that says nothing of the base. */
    public Seen(long value, Optional<Version> version, String node) {
      this(value, NOT_TOLD, version, node);
    }

    /** Whether the answer can have come from a document with this base. */
    public boolean fitsBase(long other) {
      return base == NOT_TOLD || base == other;
    }

    @Override
    public boolean ok() {
      return true;
    }

    @Override
    public String toString() {
      String what =
          value == Call.ABSENT
              ? "none"
              : value + baseText() + version.map(v -> " @" + v).orElse("");
      return "saw " + what + (node.isEmpty() ? "" : " from " + node);
    }

    private String baseText() {
      return base == NOT_TOLD || base == value ? "" : " on base " + base;
    }
  }

  /** Half of what one batch has written, read together with half of what another one has. */
  record Torn(long first, long second) implements Answer {
    @Override
    public String toString() {
      return "saw halves " + first + " and " + second;
    }
  }

  /**
   * A write that was acknowledged.
   *
   * @param version that it made, if the answer told
   * @param created whether there was no document before; empty = not told
   */
  record Done(Optional<Version> version, Optional<Boolean> created) implements Answer {
    @Override
    public boolean ok() {
      return true;
    }

    @Override
    public String toString() {
      return "ok"
          + created.map(c -> c ? " created" : " replaced").orElse("")
          + version.map(v -> " @" + v).orElse("");
    }
  }

  /** A write whose condition did not hold, as a patch of nothing: no effect, but an observation. */
  record Mismatch() implements Answer {
    @Override
    public String toString() {
      return "condition did not hold";
    }
  }

  /** For certain there was no effect and there will be none. */
  record Refused(String why) implements Answer {
    @Override
    public String toString() {
      return "refused (" + why + ")";
    }
  }

  /** Nobody knows whether there was an effect, or will be one at any later time. */
  record Unknown(String why) implements Answer {
    @Override
    public String toString() {
      return "unknown (" + why + ")";
    }
  }
}
