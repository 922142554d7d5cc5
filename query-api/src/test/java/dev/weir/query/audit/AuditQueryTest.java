package dev.weir.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Result;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.AuditQuery;
import dev.weir.store.AuditQuery.Counted;
import dev.weir.store.AuditQuery.Mark;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What shards add up does not depend on how they are asked. */
class AuditQueryTest {
  private static final int DOCUMENTS = 500;

  private final InMemoryDatabase database = new InMemoryDatabase(2);
  private final CollectionDefinition collection =
      database.addCollection("note", KeyType.Scalar.STRING, "json", Writer.API, null);

  /** All pages of all shards together. */
  private record Total(long documents, List<Long> sums, List<Mark> marks) {}

  @BeforeEach
  void fill() {
    for (int i = 0; i < DOCUMENTS; i++) {
      put("k" + i, "{\"i\":" + i + "}");
    }
  }

  @Test
  void sumsAreTheSameWhereverPagesEnd() {
    Total whole = total(1_000_000, new TreeSet<>());
    assertThat(whole.documents).isEqualTo(DOCUMENTS);
    assertThat(whole.marks).isEmpty();
    for (int limit : new int[] {1, 7, DOCUMENTS}) {
      assertThat(total(limit, new TreeSet<>())).isEqualTo(whole);
    }
    put("k7", "{\"i\":8}");
    assertThat(total(7, new TreeSet<>()).sums).isNotEqualTo(whole.sums);
  }

  @Test
  void theDocumentsOfABucketAddUpToItsSum() {
    int bucket = AuditQuery.bucket(key("k7"));
    Total total = total(7, new TreeSet<>(List.of(bucket)));
    assertThat(total.marks).extracting(Mark::key).contains(key("k7"));
    assertThat(total.marks).allMatch(mark -> AuditQuery.bucket(mark.key()) == bucket);
    assertThat(total.marks.stream().mapToLong(Mark::mark).sum()).isEqualTo(total.sums.get(bucket));
  }

  @Test
  void bucketsDivideKeysEvenly() {
    int[] count = new int[AuditQuery.BUCKETS];
    for (int i = 0; i < 100 * AuditQuery.BUCKETS; i++) {
      count[AuditQuery.bucket(key("customer-" + i))]++;
    }
    for (int each : count) {
      assertThat(each).isBetween(30, 200);
    }
  }

  private void put(String key, String value) {
    var unused =
        database.submit(new Operation.Put(collection.id(), key(key), value.getBytes(UTF_8))).join();
  }

  private Total total(int limit, SortedSet<Integer> named) {
    long documents = 0;
    List<Mark> marks = new ArrayList<>();
    long[] sums = new long[AuditQuery.BUCKETS];
    for (int shard = 0; shard < 2; shard++) {
      @Nullable Key after = null;
      do {
        Counted page = ask(new AuditQuery.Documents(collection.id(), shard, after, named, limit));
        documents += page.documents();
        marks.addAll(page.marks());
        for (int i = 0; i < sums.length; i++) {
          sums[i] += page.sums().get(i);
        }
        after = page.next();
      } while (after != null);
    }
    return new Total(documents, Arrays.stream(sums).boxed().toList(), marks);
  }

  private Counted ask(AuditQuery.Documents query) {
    return ((Result.Success<Counted>) database.ask(query).join()).value();
  }

  private static Key key(String text) {
    return Key.ofEncoded(text.getBytes(UTF_8));
  }
}
