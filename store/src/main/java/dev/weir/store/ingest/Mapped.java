package dev.weir.store.ingest;

import dev.weir.store.Operation;

/** What a record of a source means. */
public sealed interface Mapped {

  /**
   * One record for the log. It is never more than one: a shard takes each offset of a source once.
   *
   * @param shardKey decides the shard; shared, do not modify
   * @param operation what the shard is to do
   */
  record Append(byte[] shardKey, Operation operation) implements Mapped {}

  /**
   * The record cannot be mapped and goes to the dead letters; what it would have changed stays as
   * it is.
   *
   * @param reason class of fault
   * @param detail what is wrong with this record and what to change
   */
  record Poison(PoisonReason reason, String detail) implements Mapped {}

  /** The record means nothing: it is filtered out and no document can have come from its row. */
  record Skip() implements Mapped {}
}
