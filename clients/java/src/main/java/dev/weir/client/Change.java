package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What somebody who follows a collection is told.
 *
 * @param kind what has happened
 * @param key of the document, as JSON; missing if the kind is {@link Kind#COMPLETE}
 * @param document its value; missing if there is none
 * @param version of the document, or of its removal
 * @param timestamp of the event, milliseconds since the epoch
 * @param place where to go on behind it, see {@link WeirClient#follow}; empty before {@link
 *     Kind#COMPLETE}
 */
public record Change(
    Kind kind, JsonNode key, JsonNode document, String version, long timestamp, String place) {

  /** What has happened. */
  public enum Kind {
    /** A document is there. */
    ROW,
    /** All documents that are there were told. */
    COMPLETE,
    /** A document was stored. */
    PUT,
    /** A document was removed, or matches no more. */
    REMOVE
  }
}
