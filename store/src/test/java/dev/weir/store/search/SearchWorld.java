package dev.weir.store.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.IndexDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.write.FoldedShard;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A shard with one collection, and its documents as trees. */
final class SearchWorld {
  final FoldedShard shard;
  final Map<Key, ObjectNode> documents = new TreeMap<>();
  final int collection;

  SearchWorld() {
    this(new FoldedShard());
  }

  SearchWorld(FoldedShard shard) {
    this.shard = shard;
    define(
        new DefinitionChange.PutCollection(
            new CollectionDefinition(
                0, "things", KeyType.Scalar.STRING, "json", Writer.API, null, 1),
            Mode.APPLY));
    collection = shard.catalogue().collection("things").orElseThrow().id();
  }

  void define(DefinitionChange change) {
    Outcome outcome = shard.command(new Operation.Define(List.of(change)));
    if (!(outcome instanceof Outcome.Defined)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  /** Defines an index, and makes it complete. */
  void index(IndexDefinition index) {
    define(new DefinitionChange.PutIndex("things", index, Mode.APPLY));
    shard.settle();
  }

  void put(String key, ObjectNode document) {
    Key encoded = Key.ofEncoded(key.getBytes(UTF_8));
    documents.put(encoded, document);
    put(encoded, document.toString());
  }

  void put(Key key, String json) {
    shard.command(new Operation.Put(collection, key, json.getBytes(UTF_8)));
  }

  <R> ReadResult<R> ask(Query<R> query) {
    return shard.ask(query);
  }

  <R> R answer(Query<R> query) {
    return ((ReadResult.Answer<R>) ask(query)).value();
  }
}
