package dev.weir.store.write;

import dev.weir.store.IdempotencyKey;
import dev.weir.store.Key;
import dev.weir.store.Operation.Batch;
import dev.weir.store.Operation.Checked;
import dev.weir.store.Operation.Once;
import dev.weir.store.Operation.Patch;
import dev.weir.store.Operation.When;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of patches, conditional changes, batches and commands that take effect once. */
final class ChangeFormat {
  private static final int UNCHECKED = 0;
  private static final int CHECKED = 1;

  private ChangeFormat() {}

  static void writePatch(Patch patch, EnvelopeWriter out) {
    out.putNumber(patch.collection(), "collection");
    out.putBytes(patch.patch());
    Checked checked = patch.checked();
    out.putByte(checked == null ? UNCHECKED : CHECKED);
    if (checked != null) {
      out.putNumber(checked.revision(), "revision");
      ConditionFormat.writeNullable(checked.basis(), out);
      putText(checked.fault(), out);
    }
  }

  static Patch readPatch(EnvelopeReader in, Key key) throws UnreadableEnvelopeException {
    return new Patch(in.takeInt(), key, in.takeBytes(), readChecked(in));
  }

  private static @Nullable Checked readChecked(EnvelopeReader in)
      throws UnreadableEnvelopeException {
    return in.takeFlag()
        ? new Checked(in.takeInt(), ConditionFormat.readNullable(in), takeText(in))
        : null;
  }

  static void writeWhen(When when, EnvelopeWriter out) {
    ConditionFormat.write(when.condition(), out);
    OperationFormat.write(when.change(), out);
  }

  static When readWhen(EnvelopeReader in, byte[] key) throws UnreadableEnvelopeException {
    return new When(ConditionFormat.read(in), OperationFormat.readChange(in, key));
  }

  /** The key of the first change is the record's. */
  static void writeBatch(Batch batch, EnvelopeWriter out) {
    out.putNumber(batch.changes().size(), "changes");
    boolean first = true;
    for (When when : batch.changes()) {
      if (!first) {
        out.putBytes(when.change().key().bytes());
      }
      writeWhen(when, out);
      first = false;
    }
  }

  static Batch readBatch(EnvelopeReader in, byte[] key) throws UnreadableEnvelopeException {
    long count = in.takeNumber();
    if (count == 0 || count > Batch.MOST_CHANGES) {
      throw UnreadableEnvelopeException.poison("a batch of " + count + " changes");
    }
    List<When> changes = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      changes.add(readWhen(in, i == 0 ? key : in.takeBytes()));
    }
    return new Batch(changes);
  }

  static void writeOnce(Once once, EnvelopeWriter out) {
    putText(once.key().text(), out);
    out.putRaw(once.key().fingerprint());
    OperationFormat.write(once.operation(), out);
  }

  static Once readOnce(EnvelopeReader in, byte[] key) throws UnreadableEnvelopeException {
    String text = takeText(in);
    byte[] fingerprint = in.takeRaw(IdempotencyKey.FINGERPRINT_BYTES);
    if (!IdempotencyKey.isUsable(text)) {
      throw UnreadableEnvelopeException.poison("an idempotency key of a wrong length");
    }
    return new Once(new IdempotencyKey(text, fingerprint), OperationFormat.readRepeatable(in, key));
  }

  static void putText(String text, EnvelopeWriter out) {
    out.putBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static String takeText(EnvelopeReader in) throws UnreadableEnvelopeException {
    byte[] bytes = in.takeBytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw UnreadableEnvelopeException.poison("a text that is not UTF-8");
    }
    return text;
  }
}
