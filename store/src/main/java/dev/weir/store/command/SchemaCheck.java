package dev.weir.store.command;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.DocumentSchema;
import dev.weir.store.Fault;
import dev.weir.store.Operation;
import dev.weir.store.Operation.Batch;
import dev.weir.store.Operation.Change;
import dev.weir.store.Operation.Checked;
import dev.weir.store.Operation.Once;
import dev.weir.store.Operation.Patch;
import dev.weir.store.Operation.When;
import dev.weir.store.Version;
import dev.weir.store.read.OpenShard;
import dev.weir.store.read.OpenShards;
import dev.weir.store.read.ShardView;
import dev.weir.store.write.PatchRules;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks JSON Schemas about patched documents before a patch is appended, and writes their verdict
 * into it together with the version that was patched; the fold takes it for that version only. Safe
 * from any thread.
 */
public final class SchemaCheck {
  private final OpenShards shards;

  /** Looks at the applied state of {@code shards}. */
  public SchemaCheck(OpenShards shards) {
    this.shards = shards;
  }

  /** The operation with a verdict in each patch that needs one. */
  public Operation checked(int shard, Operation operation) {
    if (!hasPatch(operation)) {
      return operation;
    }
    OpenShard open = shards.acquire(shard);
    if (open == null) {
      return operation;
    }
    try {
      return checked(open.view(), operation);
    } finally {
      shards.release(open);
    }
  }

  /** The patch that an operation consists of, if it needs a verdict. */
  Optional<Change> needsTurn(int shard, Operation operation) {
    Operation bare = operation instanceof Once once ? once.operation() : operation;
    Change change = bare instanceof When when ? when.change() : null;
    if (bare instanceof Patch alone) {
      change = alone;
    }
    OpenShard open = change instanceof Patch ? shards.acquire(shard) : null;
    if (change == null || open == null) {
      return Optional.empty();
    }
    try {
      int collection = change.collection();
      return open.view()
              .catalogue()
              .collection(collection)
              .filter(c -> c.schema() != null)
              .isPresent()
          ? Optional.of(change)
          : Optional.empty();
    } finally {
      shards.release(open);
    }
  }

  private static boolean hasPatch(Operation operation) {
    if (operation instanceof Once once) {
      return hasPatch(once.operation());
    }
    if (operation instanceof Batch batch) {
      return batch.changes().stream().anyMatch(SchemaCheck::hasPatch);
    }
    return operation instanceof Patch
        || (operation instanceof When when && when.change() instanceof Patch);
  }

  private static Operation checked(ShardView view, Operation operation) {
    if (operation instanceof Once once) {
      return new Once(once.key(), checked(view, once.operation()));
    }
    if (operation instanceof Batch batch) {
      return new Batch(batch.changes().stream().map(when -> checked(view, when)).toList());
    }
    if (operation instanceof When when) {
      return checked(view, when);
    }
    return operation instanceof Patch patch ? checked(view, patch) : operation;
  }

  private static When checked(ShardView view, When when) {
    Change change = when.change();
    return change instanceof Patch patch ? new When(when.condition(), checked(view, patch)) : when;
  }

  private static Patch checked(ShardView view, Patch patch) {
    Optional<CollectionDefinition> collection = view.catalogue().collection(patch.collection());
    if (collection.isEmpty() || collection.get().schema() == null) {
      return patch;
    }
    byte[] stored = view.get(StateKeys.document(patch.collection(), patch.key().bytes()));
    Version basis = stored == null ? null : StateValues.version(stored);
    return new Patch(
        patch.collection(),
        patch.key(),
        patch.patch(),
        new Checked(collection.get().revision(), basis, fault(patch, collection.get(), stored)));
  }

  private static String fault(
      Patch patch, CollectionDefinition collection, byte @Nullable [] stored) {
    if (stored == null
        || !(PatchRules.merge(patch, collection.format(), StateValues.value(stored))
            instanceof PatchRules.Merged merged)) {
      return ""; // the fold says so by itself
    }
    List<Fault> faults;
    try {
      faults = DocumentSchema.of(collection).map(s -> s.validate(merged.value())).orElse(List.of());
    } catch (IllegalArgumentException e) {
      return "this release cannot use the schema of the collection: upgrade the node";
    }
    String text = faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
    if (text.isEmpty()) {
      return text;
    }
    String whole = "the patched document does not satisfy the schema: " + text;
    return whole.length() <= Checked.MOST_CHARACTERS
        ? whole
        : whole.substring(0, Checked.MOST_CHARACTERS - 1).stripTrailing() + "…";
  }
}
