package dev.weir.chaos;

/**
 * What a client asked for. Values are numbers above 0, each written by one call only, so that a
 * value that is read names its writer; 0 stands for no document. A document has a base, too: the
 * value of the last put or swap, from which patches lead to its value.
 */
public sealed interface Call {

  /** No document. */
  long ABSENT = 0;

  /** Whether it may change the document. */
  default boolean writes() {
    return true;
  }

  /** The value that the document has after it; {@link #ABSENT} for a delete and for reads. */
  default long value() {
    return ABSENT;
  }

  /** Asks for the document. */
  record Read(Level level) implements Call {
    @Override
    public boolean writes() {
      return false;
    }

    @Override
    public String toString() {
      return "read " + level;
    }
  }

  /** Sets the document, whatever it was. */
  record Put(long value) implements Call {
    @Override
    public String toString() {
      return "put " + value;
    }
  }

  /** Removes the document, whether it is there or not. */
  record Delete() implements Call {
    @Override
    public String toString() {
      return "delete";
    }
  }

  /**
   * Sets the value and leaves the base, which the last put or swap has written, as it is: what a
   * merge patch does that names one of two members. Without a document it does nothing.
   */
  record Patch(long value) implements Call {
    @Override
    public String toString() {
      return "patch " + value;
    }
  }

  /**
   * Sends a write again that was acknowledged before, with its idempotency key; it has happened and
   * does not happen again.
   *
   * @param repeated value of the write
   * @param told what was said the first time
   */
  record Repeat(long repeated, Answer.Done told) implements Call {
    @Override
    public boolean writes() {
      return false;
    }

    @Override
    public String toString() {
      return "repeat " + repeated + ", which was " + told;
    }
  }

  /**
   * Sets the document if it still is what the client saw.
   *
   * @param expected value that it must have; {@link #ABSENT} = there must be none; {@link #NEVER} =
   *     one that it never has
   * @param value that it gets
   */
  record Swap(long expected, long value) implements Call {
    /** Expects what is never there. */
    public static final long NEVER = -1;

    @Override
    public String toString() {
      return "swap " + expected + " by " + value;
    }
  }
}
