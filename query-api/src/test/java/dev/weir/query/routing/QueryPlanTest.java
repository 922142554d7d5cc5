package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Result;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Query;
import dev.weir.store.ShardMap;
import dev.weir.store.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class QueryPlanTest {

  @Property(tries = 300)
  void answersOfManyShardsReadLikeThoseOfOne(
      @ForAll @Size(max = 60) List<@IntRange(max = 80) Integer> stored,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 80) Integer> asked,
      @ForAll @IntRange(min = 1, max = 9) int shards,
      @ForAll @IntRange(min = 1, max = 70) int limit,
      @ForAll Query.Order order) {
    InMemoryDatabase database = new InMemoryDatabase(shards);
    int id = database.addCollection("c", KeyType.Scalar.LONG, "bytes", Writer.API, null).id();
    for (int n : stored) {
      database.submit(new Operation.Put(id, key(n), value(n))).join();
    }
    List<Key> inOrder = new ArrayList<>(new TreeSet<>(stored).stream().map(n -> key(n)).toList());
    if (order == Query.Order.DESC) {
      Collections.reverse(inOrder);
    }

    List<Optional<Document>> got =
        success(database, new Query.MultiGet(id, asked.stream().map(n -> key(n)).toList()));
    assertThat(got).hasSameSizeAs(asked);
    for (int i = 0; i < asked.size(); i++) {
      assertThat(got.get(i).map(Document::key))
          .isEqualTo(
              stored.contains(asked.get(i)) ? Optional.of(key(asked.get(i))) : Optional.empty());
    }
    Query.Page page = success(database, new Query.Scan(id, KeyRange.all(), order, limit));
    assertThat(page.documents().stream().map(Document::key))
        .isEqualTo(inOrder.subList(0, Math.min(limit, inOrder.size())));
    assertThat(page.more()).isEqualTo(inOrder.size() > limit);
    assertThat(success(database, new Query.Count(id))).isEqualTo(inOrder.size());
  }

  @Example
  void aPageCutShortByItsShardEndsTheMerge() {
    Query.Scan scan = new Query.Scan(1, KeyRange.all(), Query.Order.ASC, 10);
    QueryPlan<Query.Page> plan = QueryPlan.of(scan, Catalogue.empty(), new ShardMap(2));
    Query.Page cut = new Query.Page(List.of(document(1), document(3)), true);
    Query.Page whole = new Query.Page(List.of(document(2), document(5), document(6)), false);

    Query.Page merged = plan.merge().merge(List.of(cut, whole));

    assertThat(merged.documents()).containsExactly(document(1), document(2), document(3));
    assertThat(merged.more()).isTrue();
  }

  @Example
  void noKeysNeedNoShard() {
    QueryPlan<List<Optional<Document>>> plan =
        QueryPlan.of(new Query.MultiGet(1, List.of()), Catalogue.empty(), new ShardMap(4));
    assertThat(plan.parts()).isEmpty();
    assertThat(plan.merge().merge(List.of())).isEmpty();
  }

  private static <R> R success(InMemoryDatabase database, Query<R> query) {
    return ((Result.Success<R>) database.ask(query).join()).value();
  }

  private static Document document(int n) {
    return new Document(key(n), value(n), new Version(0, n), n);
  }

  private static Key key(int n) {
    return Key.ofEncoded(String.format("%04d", n).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] value(int n) {
    return Integer.toString(n).getBytes(StandardCharsets.UTF_8);
  }
}
