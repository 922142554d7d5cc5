package dev.weir.store.ingest;

/**
 * How large what comes from a source may be; larger records are dead letters.
 *
 * @param maxKeyBytes of a record key, and of a document key in its encoding; at least 1
 * @param maxValueBytes of a document in its stored form; at least 1, and well below what the log
 *     takes as one record
 */
public record ValueLimits(int maxKeyBytes, int maxValueBytes) {
  public ValueLimits {
    if (maxKeyBytes < 1 || maxValueBytes < 1) {
      throw new IllegalArgumentException(
          "limits are at least 1 byte, not " + maxKeyBytes + " and " + maxValueBytes);
    }
  }

  /** Keys of 4 KiB and documents up to a size. */
  public static ValueLimits documents(int maxBytes) {
    return new ValueLimits(4 << 10, maxBytes);
  }

  /** Keys of 4 KiB, documents of 1 MiB, as the API takes them. */
  public static ValueLimits defaults() {
    return documents(1 << 20);
  }
}
