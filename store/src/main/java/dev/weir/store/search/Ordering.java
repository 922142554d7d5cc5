package dev.weir.store.search;

/** How rows get into the order asked for. */
enum Ordering {
  /** They come in it. */
  COMING,
  /** It is that of the keys, and the keys are known before documents are read. */
  BY_KEYS,
  /** All of them are read, and put in order. */
  BY_VALUES
}
