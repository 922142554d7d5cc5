package dev.weir.client;

/**
 * What a node says of a write it has applied.
 *
 * @param created whether a put found no document before it
 * @param version ETag of what was put, without quotes; empty for a delete
 * @param position token of the shard's position at the write
 * @param servedBy id of the node that applied it
 * @param replayed whether the write had taken effect before, under its idempotency key
 */
public record Receipt(
    boolean created, String version, String position, String servedBy, boolean replayed) {

  static Receipt of(Reply reply) {
    return new Receipt(
        reply.status() == 201,
        reply.header("ETag").replace("\"", ""),
        reply.header("Weir-Position"),
        reply.header("Weir-Served-By"),
        reply.header("Idempotency-Replayed").equals("true"));
  }
}
