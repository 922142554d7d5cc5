package dev.weir.chaos;

/**
 * What a client asked for. Values are numbers above 0, each written by one call only, so that a
 * value that is read names its writer; 0 stands for no document.
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
   * Sets the document if it still is what the client saw.
   *
   * @param expected value that it must have; {@link #ABSENT} = there must be none
   * @param value that it gets
   */
  record Swap(long expected, long value) implements Call {
    @Override
    public String toString() {
      return "swap " + expected + " by " + value;
    }
  }
}
