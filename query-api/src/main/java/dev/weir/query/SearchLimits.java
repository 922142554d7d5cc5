package dev.weir.query;

/**
 * What a question about the contents of documents may take.
 *
 * @param scans whether it may read documents that neither an index nor a range of keys chooses
 * @param rows most entries and documents that it reads for one page, at all shards together, at
 *     least 1
 */
public record SearchLimits(boolean scans, int rows) {
  /** Rows unless something else is said. */
  public static final int USUAL_ROWS = 1_000_000;

  public SearchLimits {
    if (rows < 1) {
      throw new IllegalArgumentException("rows is " + rows + ": at least 1");
    }
  }

  /** Scans, and a million rows. */
  public static SearchLimits defaults() {
    return new SearchLimits(true, USUAL_ROWS);
  }

  /** What one of so many shards may read. */
  public int rowsOfEach(int shards) {
    return Math.max(1, rows / shards);
  }
}
