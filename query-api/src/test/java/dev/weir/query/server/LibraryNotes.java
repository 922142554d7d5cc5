package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.query.Result;
import dev.weir.store.Document;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyRange;
import dev.weir.store.KeyType;
import dev.weir.store.Query;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notes through {@link WeirCollection} and {@link dev.weir.query.Database}. */
final class LibraryNotes implements Notes {
  private static final KeyCodec KEYS = KeyCodec.of(KeyType.Scalar.STRING);

  private final LiveCluster cluster;
  private int asked;

  LibraryNotes(LiveCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Optional<Boolean> put(String key, int value) {
    at(key).put(key, IntNode.valueOf(value));
    return Optional.empty();
  }

  @Override
  public void delete(String key) {
    at(key).delete(key);
  }

  @Override
  public Optional<Integer> get(String key) {
    return at(key).get(key).map(WeirCollection.Entry::value).map(JsonNode::intValue);
  }

  @Override
  public Map<String, Integer> get(List<String> keys) {
    Map<String, Integer> found = new LinkedHashMap<>();
    anyone()
        .collection("note", String.class)
        .multiGet(keys)
        .forEach((key, entry) -> found.put(key, entry.value().intValue()));
    return found;
  }

  @Override
  public Pages scan(Range range, int limit) {
    Query.Order order = range.descending() ? Query.Order.DESC : Query.Order.ASC;
    return new ScanPages(new Query.Scan(collection(), keys(range), order, limit));
  }

  private int collection() {
    return anyone().database().catalogue().collection("note").orElseThrow().id();
  }

  private static KeyRange keys(Range range) {
    try {
      return range.prefix().isPresent()
          ? KeyRange.prefix(KEYS.prefix(range.prefix().get()))
          : new KeyRange(
              key(range.from()).bytes(),
              range.fromInclusive(),
              key(range.to()).bytes(),
              range.toInclusive());
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private WeirCollection<String> at(String key) {
    return cluster.strangerTo(key(key)).collection("note", String.class);
  }

  private Weir anyone() {
    return cluster.nodes().get(asked++ % cluster.nodes().size());
  }

  static Key key(String key) {
    try {
      return KEYS.encode(key);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Goes on behind the last key of each page, as an embedding service would. */
  private final class ScanPages implements Pages {
    private Query.Scan rest;
    private boolean more = true;

    ScanPages(Query.Scan scan) {
      this.rest = scan;
    }

    @Override
    public Optional<List<Map.Entry<String, Integer>>> next() {
      if (!more) {
        return Optional.empty();
      }
      Result<Query.Page> result = anyone().database().ask(rest).join();
      assertThat(result).isInstanceOf(Result.Success.class);
      Query.Page page = ((Result.Success<Query.Page>) result).value();
      List<Document> documents = page.documents();
      more = page.more();
      if (!documents.isEmpty()) {
        Key last = documents.get(documents.size() - 1).key();
        KeyRange range =
            rest.order() == Query.Order.ASC ? rest.range().after(last) : rest.range().before(last);
        rest = new Query.Scan(rest.collection(), range, rest.order(), rest.limit());
      }
      return Optional.of(documents.stream().map(ScanPages.this::entry).toList());
    }

    private Map.Entry<String, Integer> entry(Document document) {
      return Map.entry(
          (String) KEYS.decode(document.key()),
          Integer.valueOf(new String(document.value(), StandardCharsets.UTF_8)));
    }
  }
}
