package dev.weir.store.write;

import dev.weir.store.write.JsonText.Member;
import dev.weir.store.write.JsonText.Node;
import dev.weir.store.write.JsonText.ObjectNode;
import dev.weir.store.write.JsonText.RawNode;
import dev.weir.store.write.JsonText.Slice;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON Merge Patch (RFC 7396) on text: what the patch does not touch stays as it was written, and
 * what is new comes at the end in the patch's order. Pure; safe from any thread.
 */
public final class MergePatch {

  /** Bytes of a patched document: as many as a record of the log could bring. */
  static final int MOST_BYTES = 2 << 20;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private boolean separate;

  private MergePatch() {}

  /**
   * The document after the patch.
   *
   * @param document JSON; anything but an object counts as an empty one
   * @param patch a JSON object
   * @throws UnmergeableException if the patch is no object, either is nested too deeply or not
   *     JSON, or the result is too large
   */
  public static byte[] apply(byte[] document, byte[] patch) throws UnmergeableException {
    if (!(JsonText.read(patch) instanceof ObjectNode changes)) {
      throw new UnmergeableException("the patch is not a JSON object");
    }
    MergePatch merge = new MergePatch();
    merge.object(JsonText.read(document), changes);
    if (merge.out.size() > MOST_BYTES) {
      throw new UnmergeableException(
          "the document would have "
              + merge.out.size()
              + " bytes; "
              + MOST_BYTES
              + " are possible");
    }
    return merge.out.toByteArray();
  }

  private void object(@Nullable Node target, ObjectNode patch) {
    open();
    if (target instanceof ObjectNode object) {
      for (var entry : object.members().entrySet()) {
        Member change = patch.members().get(entry.getKey());
        Member old = entry.getValue();
        if (change == null) {
          name(old.name());
          write(old.value());
        } else {
          change(old.name(), old.value(), change.value());
        }
      }
    }
    for (var entry : patch.members().entrySet()) {
      boolean done =
          target instanceof ObjectNode object && object.members().containsKey(entry.getKey());
      if (!done) {
        change(entry.getValue().name(), null, entry.getValue().value());
      }
    }
    close();
  }

  private void change(Slice name, @Nullable Node target, Node change) {
    if (change instanceof ObjectNode object) {
      name(name);
      object(target, object);
    } else if (!((RawNode) change).isNull()) {
      name(name);
      write(change);
    }
  }

  private void open() {
    out.write('{');
    separate = false;
  }

  private void close() {
    out.write('}');
    separate = true;
  }

  private void name(Slice name) {
    if (separate) {
      out.write(',');
    }
    write(name);
    out.write(':');
    separate = true;
  }

  private void write(Node value) {
    write(value.text());
  }

  private void write(Slice slice) {
    slice.writeTo(out);
  }
}
