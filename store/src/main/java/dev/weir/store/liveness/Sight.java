package dev.weir.store.liveness;

/** What one node can say of another one. */
public enum Sight {
  /** It answered a moment ago. */
  SEEN,
  /** It did answer, and does not any more. */
  MISSED,
  /** Never heard in this session, not watched, or too early to say. */
  UNSURE
}
