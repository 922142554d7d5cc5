package dev.weir.query;

import dev.weir.store.Key;
import dev.weir.store.Query;

/** What a cursor that came from outside turned out to be. */
public sealed interface Resumption {

  /**
   * A cursor of this scan.
   *
   * @param rest the scan without what was already delivered
   * @param last the key behind which it goes on
   */
  record Resumed(Query.Scan rest, Key last) implements Resumption {}

  /** Not a cursor of this scan. */
  record Refused(Fault fault) implements Resumption {}

  /** Why a cursor was refused. */
  enum Fault {
    /** Not a cursor, cut short, changed, or signed with another key. */
    FORGED,
    /** Of a log before or after a reshard: start the scan again. */
    OTHER_GENERATION,
    /** Of another collection. */
    OTHER_COLLECTION,
    /** Of the same collection, but with another range or order. */
    OTHER_QUERY
  }
}
