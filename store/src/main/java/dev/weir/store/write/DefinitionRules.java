package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.CatalogueJson;
import dev.weir.store.DefinitionChange;
import java.util.List;

/**
 * Decides changes of the definitions. Pure: the same catalogue and changes give the same decision
 * on every replica. All changes of a list are taken, in their order, or none.
 *
 * <p>Rules: names are valid, ids are never reused. The key type and value format of a collection
 * never change. A seed adds what is missing, and changes what exists only by a higher revision;
 * else it is ignored. An applied change raises the revision by itself when the content differs. A
 * higher revision with the same content is a change too: for a source it means to read its topic
 * anew. A source feeds a collection that exists and takes its documents from sources. An index
 * never changes: one of a name that is there is refused, or ignored from a seed.
 */
public final class DefinitionRules {

  /** Half of what a Kafka record may hold by default, because every shard is sent the whole. */
  private static final int LARGEST = 512 * 1024;

  private DefinitionRules() {}

  /** What was decided. */
  public sealed interface Decision permits Accepted, Rejected {}

  /**
   * The changes hold.
   *
   * @param catalogue the definitions from now on; the current ones if nothing changed
   * @param changed whether it differs from the current one, and so has the next revision
   */
  public record Accepted(Catalogue catalogue, boolean changed) implements Decision {}

  /**
   * Nothing changes.
   *
   * @param detail every reason, with what to do, in one line
   */
  public record Rejected(String detail) implements Decision {}

  /** Decides a list of changes. */
  public static Decision decide(Catalogue current, List<DefinitionChange> changes) {
    CatalogueDraft draft = new CatalogueDraft(current);
    changes.forEach(draft::apply);
    List<String> reasons = draft.reasons();
    if (!reasons.isEmpty()) {
      return new Rejected(String.join("; ", reasons));
    }
    Catalogue catalogue = draft.catalogue();
    boolean changed = catalogue.revision() != current.revision();
    if (changed) {
      int size = CatalogueJson.write(catalogue).length;
      if (size > LARGEST) {
        return new Rejected(
            "all definitions together would take "
                + size
                + " bytes, and "
                + LARGEST
                + " fit into a record of the log: shorten schemas, or drop what is not used");
      }
    }
    return new Accepted(catalogue, changed);
  }
}
