package dev.weir.store.write;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.Operation.Checked;
import dev.weir.store.Operation.Patch;
import dev.weir.store.Outcome;
import dev.weir.store.Version;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a patch comes to. Pure.
 *
 * <p>No schema is evaluated here: patterns and deep references cost time and stack that differ from
 * machine to machine, and the library differs from release to release. The owner has checked the
 * schema before it appended the patch; here its verdict counts if the document and the collection
 * are still the ones it saw.
 */
public final class PatchRules {
  private static final String JSON = "json";

  private PatchRules() {}

  /** What a patch comes to. */
  public sealed interface Result permits Merged, Refused {}

  /** The document's new value. */
  public record Merged(byte[] value) implements Result {}

  /** It changes nothing. */
  public record Refused(Outcome outcome) implements Result {}

  /**
   * Merges a patch into a document, whatever a schema says.
   *
   * @param format name of the collection's value format
   * @param value the document's present value
   */
  public static Result merge(Patch patch, String format, byte[] value) {
    if (!format.equals(JSON)) {
      return rejected(
          Outcome.Reason.NOT_PATCHABLE,
          "the values of the collection are '"
              + format
              + "', and a merge patch needs json: replace the document as a whole");
    }
    try {
      return new Merged(MergePatch.apply(value, patch.patch()));
    } catch (UnmergeableException e) {
      return rejected(
          Outcome.Reason.INVALID_VALUE, "the patch cannot be merged: " + e.getMessage());
    }
  }

  static Result decide(Patch patch, CollectionDefinition collection, byte @Nullable [] stored) {
    if (stored == null) {
      return new Refused(new Outcome.Missing());
    }
    if (collection.schema() != null) {
      Checked checked = patch.checked();
      Version current = StateValues.version(stored);
      if (checked == null
          || checked.revision() != collection.revision()
          || !Objects.equals(checked.basis(), current)) {
        return new Refused(new Outcome.Superseded());
      }
      if (!checked.fault().isEmpty()) {
        return rejected(Outcome.Reason.INVALID_VALUE, checked.fault());
      }
    }
    return merge(patch, collection.format(), StateValues.value(stored));
  }

  private static Result rejected(Outcome.Reason reason, String detail) {
    return new Refused(new Outcome.Rejected(reason, detail));
  }
}
