package dev.weir.store.write;

import dev.weir.store.IdempotencyKey;
import dev.weir.store.Operation;
import dev.weir.store.Operation.Batch;
import dev.weir.store.Operation.Patch;
import dev.weir.store.Operation.When;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What tells requests apart that come under one idempotency key. Pure; safe from any thread. */
public final class Fingerprint {

  private Fingerprint() {}

  /**
   * A key for an operation: its fingerprint is the SHA-256 of the operation as the log writes it,
   * without what its owner adds.
   *
   * @param text 1 to {@link IdempotencyKey#MOST_BYTES} bytes
   */
  public static Operation.Once once(String text, Operation operation) {
    EnvelopeWriter out = new EnvelopeWriter(64 + OperationFormat.expectedSize(operation));
    out.putBytes(OperationFormat.key(operation));
    OperationFormat.write(bare(operation), out);
    return new Operation.Once(new IdempotencyKey(text, sha256(out.toBytes())), operation);
  }

  private static Operation bare(Operation operation) {
    if (operation instanceof Patch patch) {
      return new Patch(patch.collection(), patch.key(), patch.patch(), null);
    }
    if (operation instanceof When when) {
      return new When(when.condition(), (Operation.Change) bare(when.change()));
    }
    return operation instanceof Batch batch
        ? new Batch(batch.changes().stream().map(when -> (When) bare(when)).toList())
        : operation;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
