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

  /**
   * A cursor of this list.
   *
   * @param place behind which it goes on
   */
  record Behind(byte[] place) implements Resumption {}

  /** Not a cursor of this scan. */
  record Refused(Fault fault) implements Resumption {}

  /** Why a cursor was refused. */
  enum Fault {
    /** Not a cursor, cut short, changed, or signed with another key. */
    FORGED("is not one that this database has given, or was changed"),
    /** Of a log before or after a reshard: start the scan again. */
    OTHER_GENERATION("is from before or after a reshard; start again without it"),
    /** Of another collection. */
    OTHER_COLLECTION("belongs to another collection"),
    /** Of the same collection, but with another range or order. */
    OTHER_QUERY("belongs to another range or order; repeat them");

    private final String words;

    Fault(String words) {
      this.words = words;
    }

    /** The fault as the end of a sentence about the cursor, without a full stop. */
    public String words() {
      return words;
    }
  }
}
