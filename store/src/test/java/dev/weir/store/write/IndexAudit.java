package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.IndexDefinition;
import dev.weir.store.Key;
import dev.weir.store.index.CollectionIndexes;
import dev.weir.store.testing.MapState;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares what indexes have with what their documents would give. */
final class IndexAudit {
  private IndexAudit() {}

  /** All indexes of a catalogue have exactly the entries of their documents, and are complete. */
  static void check(MapState state, Catalogue catalogue, String context) {
    Set<String> expected = new TreeSet<>();
    for (IndexDefinition index : catalogue.indexes()) {
      assertThat(IndexState.read(state.get(StateKeys.indexState(index.id()))).built())
          .as(context)
          .isTrue();
      CollectionIndexes only = CollectionIndexes.of(List.of(index));
      for (byte[] stateKey :
          state.keys(StateKeys.documents(index.collection()), Integer.MAX_VALUE)) {
        Key key = StateKeys.documentKey(stateKey);
        only.change(
            null,
            StateValues.value(state.get(stateKey)),
            (id, entry) -> {},
            (id, entry) -> expected.add(hex(StateKeys.index(id, entry, key))));
      }
    }
    Set<String> found = new TreeSet<>();
    byte[] all = {StateKeys.index(1)[0]};
    state.keys(all, Integer.MAX_VALUE).forEach(key -> found.add(hex(key)));
    assertThat(found).as(context).isEqualTo(expected);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
