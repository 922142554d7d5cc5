package dev.weir.query.changes;

import dev.weir.store.ChangeQuery.Change;
import dev.weir.store.Document;

/** What somebody who follows a collection is told, in this order. */
public sealed interface Event {

  /** A document that is there at the beginning. */
  record Row(Document document) implements Event {}

  /** All documents that were asked for have been told, and every change from here on will be. */
  record Complete() implements Event {}

  /** A document was stored, or was removed: its value is null. */
  record Changed(Change change) implements Event {}

  /** A document is as it should not be to match; it counts as removed. */
  record Gone(Change change) implements Event {}

  /** Nothing more will come. */
  record Ended(End why) implements Event {}

  /** Why it ended. */
  enum End {
    /** The collection does not keep its changes. */
    NOT_KEPT,
    /** What comes next is not kept any more. */
    TOO_OLD,
    /** The collection is no more. */
    DROPPED,
    /** The place is one of another log. */
    FOREIGN,
    /** The node is closing: go on at another one. */
    CLOSING
  }
}
