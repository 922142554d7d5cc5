package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.Rebase.Work;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The part of a {@link Rebase} that is about edges. What a shard knows of edges that begin
 * elsewhere is dropped, and every shard tells anew of those that begin in it.
 */
final class RebasedEdges {
  // Before all records of the next log.
  private static final Version BEGINNING = new Version(0, 0);

  private final StateMap state;
  private final Catalogue catalogue;
  private final Definitions definitions;
  private final Edges edges;
  private final Continuations continuations;
  private long told;

  RebasedEdges(
      int shard,
      int shards,
      StateMap state,
      Catalogue catalogue,
      Definitions definitions,
      Outbox outbox,
      Continuations continuations) {
    this.state = state;
    this.catalogue = catalogue;
    this.definitions = definitions;
    this.continuations = continuations;
    this.edges = new Edges(shard, shards, state, definitions, outbox);
    // Makes the steps of the removals that are left.
    new Vertices(state, definitions, edges, continuations);
  }

  /** How many edges are told of again. */
  long told() {
    return told;
  }

  /** What is to be done once the newest definitions are in force. */
  List<Work> work() {
    List<Work> work = new ArrayList<>();
    // Its marks and offsets are of the old log.
    work.add(this::finishRemoval);
    for (CollectionDefinition each : catalogue.collections()) {
      int id = each.id();
      if (each.edge() == null) {
        continue;
      }
      if (isMadeAgain(each)) {
        work.add(removal(StateKeys.documents(id)));
        work.add(removal(StateKeys.degree(id, Side.OUT, new byte[0])));
        work.add(
            () -> {
              state.delete(StateKeys.count(id));
              return false;
            });
      }
      work.add(removal(StateKeys.incoming(id)));
      work.add(removal(StateKeys.degree(id, Side.IN, new byte[0])));
      work.add(telling(id));
    }
    return work;
  }

  /** Whether what is sent again from elsewhere makes all edges of a type anew. */
  private boolean isMadeAgain(CollectionDefinition edge) {
    EdgeType type = EdgeTypes.of(catalogue).of(edge.id());
    return Rebase.isDerived(catalogue, edge)
        || (type != null
            && type.isOfField()
            && catalogue
                .collection(type.from())
                .filter(from -> Rebase.isDerived(catalogue, from))
                .isPresent());
  }

  private boolean finishRemoval() {
    for (byte[] key : continuations.open()) {
      ByteBuffer stored = ByteBuffer.wrap(present(key));
      long step = stored.getLong();
      if (stored.get() == Removal.KIND) {
        continuations.step(StateKeys.continuationNumber(key), step, BEGINNING);
        return true;
      }
    }
    return false;
  }

  private Work removal(byte[] prefix) {
    return () -> {
      List<byte[]> doomed = state.keys(prefix, Rebase.STEP);
      doomed.forEach(state::delete);
      return doomed.size() == Rebase.STEP;
    };
  }

  private Work telling(int collection) {
    byte[] prefix = StateKeys.documents(collection);
    return new Work() {
      private byte[] from = prefix;

      @Override
      public boolean step() {
        EdgeType type = definitions.edges().of(collection);
        if (type == null) {
          return false;
        }
        List<byte[]> stateKeys = state.keys(prefix, from, Rebase.STEP);
        for (byte[] stateKey : stateKeys) {
          Key edge =
              Key.ofEncoded(
                  Arrays.copyOfRange(stateKey, StateKeys.DOCUMENT_PREFIX, stateKey.length));
          edges.resend(type, edge, present(stateKey), BEGINNING);
          from = Arrays.copyOf(stateKey, stateKey.length + 1);
        }
        told += stateKeys.size();
        return stateKeys.size() == Rebase.STEP;
      }
    };
  }

  private byte[] present(byte[] key) {
    byte[] value = state.get(key);
    if (value == null) {
      throw new IllegalStateException("the state lacks an entry that it says it has");
    }
    return value;
  }
}
