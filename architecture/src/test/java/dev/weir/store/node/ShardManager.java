package dev.weir.store.node;

/** Breaks: no class is named Manager; the nested one breaks it again. */
public record ShardManager(int anything) {

  /** Breaks: no class is named Impl. */
  public record NestedImpl(int anything) {}
}
