package dev.weir.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fold decided about an operation; every replica decides alike. */
public sealed interface Outcome {

  /**
   * The document is stored.
   *
   * @param version its new version
   * @param created whether there was none before
   */
  record Stored(Version version, boolean created) implements Outcome {}

  /**
   * The document is gone.
   *
   * @param existed whether there was one
   */
  record Removed(boolean existed) implements Outcome {}

  /**
   * The definitions are as asked.
   *
   * @param revision revision of the catalogue that holds them; other shards follow
   */
  record Defined(int revision) implements Outcome {}

  /**
   * The condition did not hold; nothing changed.
   *
   * @param current version of the document; null = there is none
   */
  record ConditionFailed(@Nullable Version current) implements Outcome {}

  /** There is no document to patch; nothing changed. */
  record Missing() implements Outcome {}

  /**
   * All of a batch is done.
   *
   * @param outcomes {@link Stored} and {@link Removed}, in the order of the changes
   */
  record Batched(List<Outcome> outcomes) implements Outcome {
    public Batched {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * Nothing of a batch is done.
   *
   * @param index of the first change that could not be made, from 0
   * @param why its outcome
   */
  record BatchRefused(int index, Outcome why) implements Outcome {}

  /**
   * The command was decided before, under the same idempotency key; this time nothing changed.
   *
   * @param kept what was decided then
   */
  record Repeated(Outcome kept) implements Outcome {}

  /**
   * The document or its collection has changed since the owner checked the patch: it checks and
   * appends again. Callers never see it.
   */
  record Superseded() implements Outcome {}

  /**
   * The log has the command; what the fold decides will be seen by reading. Only for callers who
   * asked for no more, and from a node whose shard has moved before it could fold the command.
   *
   * @param version what the command's documents have if it takes effect
   */
  record Accepted(Version version) implements Outcome {}

  /** The operation changed nothing. */
  record Rejected(Reason reason, String detail) implements Outcome {}

  /** Why an operation was rejected. */
  enum Reason {
    /** No such collection in the shard's definitions. */
    UNKNOWN_COLLECTION,
    /** The collection takes its documents from a source only. */
    WRITER_IS_SOURCE,
    /** Only documents of {@code json} collections can be patched. */
    NOT_PATCHABLE,
    /** The patched document would not fit its collection. */
    INVALID_VALUE,
    /** The idempotency key was used for another request. */
    KEY_REUSED,
    /** A document is in the batch twice. */
    INVALID_BATCH,
    /** A definition that contradicts itself or what exists. */
    INVALID_DEFINITION
  }
}
