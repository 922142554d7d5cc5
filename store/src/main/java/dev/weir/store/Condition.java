package dev.weir.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of the document that a change is about, at the change's place in the log. */
public sealed interface Condition {

  /** Versions that one condition may name. */
  int MOST_VERSIONS = 100;

  /** Nothing is asked. */
  Condition NONE = new Always();

  /**
   * Whether it holds.
   *
   * @param current version of the document; null = there is none
   */
  boolean holds(@Nullable Version current);

  /** Nothing is asked. */
  record Always() implements Condition {
    @Override
    public boolean holds(@Nullable Version current) {
      return true;
    }
  }

  /** There is a document ({@code If-Match: *}). */
  record Exists() implements Condition {
    @Override
    public boolean holds(@Nullable Version current) {
      return current != null;
    }
  }

  /** There is none ({@code If-None-Match: *}). */
  record Absent() implements Condition {
    @Override
    public boolean holds(@Nullable Version current) {
      return current == null;
    }
  }

  /**
   * The document has one of these versions ({@code If-Match}).
   *
   * @param versions none of them = never holds
   */
  record OneOf(List<Version> versions) implements Condition {
    public OneOf {
      versions = List.copyOf(versions);
    }

    @Override
    public boolean holds(@Nullable Version current) {
      return current != null && versions.contains(current);
    }
  }

  /**
   * There is no document, or it has none of these versions ({@code If-None-Match}).
   *
   * @param versions none of them = always holds
   */
  record NoneOf(List<Version> versions) implements Condition {
    public NoneOf {
      versions = List.copyOf(versions);
    }

    @Override
    public boolean holds(@Nullable Version current) {
      return current == null || !versions.contains(current);
    }
  }
}
