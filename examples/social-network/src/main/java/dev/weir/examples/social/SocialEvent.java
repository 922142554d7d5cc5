package dev.weir.examples.social;

/**
 * A document in its new state, as it is published.
 *
 * @param kind what it is
 * @param id its identifier, unique within the kind
 * @param document JSON object in UTF-8; do not modify
 * @param timestamp when it happened, milliseconds since the epoch; 0 = always there
 */
@SuppressWarnings("ArrayRecordComponent")
public record SocialEvent(Kind kind, long id, byte[] document, long timestamp) {}
