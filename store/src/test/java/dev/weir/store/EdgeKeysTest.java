package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import dev.weir.store.CollectionDefinition.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EdgeKeysTest {
  private static final List<String> TYPES =
      List.of("string", "long", "uuid", "bytes", "tuple(string,long)", "tuple(bytes)");
  private static final List<KeyType.@Nullable Scalar> IDS =
      Arrays.asList(null, KeyType.Scalar.STRING, KeyType.Scalar.LONG, KeyType.Scalar.BYTES);

  private final Random random = new Random(22);

  @Test
  void whatIsPutTogetherComesApart() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      EdgeKeys keys = keys();
      KeyCodec codec = KeyCodec.of(keys.type());
      Key from = vertex(keys.ends().from());
      Key to = vertex(keys.ends().to());
      Object id = keys.id() == null ? null : scalar(keys.id());
      Key edge = keys.edge(from, to, id);

      assertThat(keys.from(edge)).isEqualTo(from);
      assertThat(keys.to(edge)).isEqualTo(to);
      assertThat(keys.id(edge)).isEqualTo(id);
      assertThat(keys.fits(edge)).isTrue();
      assertThat(keys.restored(keys.reversed(edge))).isEqualTo(edge);
      assertThat(KeyRange.prefix(keys.outPrefix(from)).contains(edge.bytes())).isTrue();
      assertThat(KeyRange.prefix(keys.inPrefix(to)).contains(keys.reversed(edge).bytes())).isTrue();
      assertThat(codec.encode(codec.decode(edge))).isEqualTo(edge);
      assertThat(keys.size()).isEqualTo(keys.type().parts().size());
    }
  }

  @Test
  void aPrefixHoldsTheEdgesOfOneVertexOnly() throws Exception {
    EdgeKeys keys = new EdgeKeys(new Ends(KeyType.Scalar.STRING, KeyType.Scalar.STRING), null);
    List<String> names = List.of("", "a", "a\0", "ab", "b", "\0", "\0\1");
    for (String from : names) {
      for (String other : names) {
        Key edge = keys.edge(string(other), string("x"), null);
        assertThat(KeyRange.prefix(keys.outPrefix(string(from))).contains(edge.bytes()))
            .isEqualTo(from.equals(other));
        assertThat(
                KeyRange.prefix(keys.inPrefix(string(from)))
                    .contains(keys.reversed(keys.edge(string("x"), string(other), null)).bytes()))
            .isEqualTo(from.equals(other));
      }
    }
  }

  @Test
  void anEdgeIsInTheShardOfTheVertexItBeginsAt() throws Exception {
    ShardMap shards = new ShardMap(7);
    for (int i = 0; i < 500; i++) {
      EdgeKeys keys = keys();
      CollectionDefinition edges =
          CollectionDefinition.edges("e", new Edge("a", "b", keys.id(), null)).between(keys.ends());
      Key from = vertex(keys.ends().from());
      Object id = keys.id() == null ? null : scalar(keys.id());
      Key edge = keys.edge(from, vertex(keys.ends().to()), id);
      assertThat(edges.keyType()).isEqualTo(keys.type());
      assertThat(shards.shardOf(edges, edge)).isEqualTo(shards.shardOf(from));
      Catalogue catalogue = new Catalogue(1, 1, List.of(edges), List.of());
      assertThat(shards.shardOf(catalogue, new Operation.Delete(edges.id(), edge)))
          .isEqualTo(shards.shardOf(from));
      assertThat(shards.shardOf(catalogue, 99, edge)).isEqualTo(shards.shardOf(edge));
    }
  }

  @Test
  void bytesThatAreNoKeyAreToldAtOnce() throws Exception {
    for (int i = 0; i < 500; i++) {
      EdgeKeys keys = keys();
      Object id = keys.id() == null ? null : scalar(keys.id());
      byte[] edge = keys.edge(vertex(keys.ends().from()), vertex(keys.ends().to()), id).bytes();
      assertThat(keys.fits(Key.ofEncoded(Arrays.copyOf(edge, edge.length - 1)))).isFalse();
      assertThat(keys.fits(Key.ofEncoded(Arrays.copyOf(edge, edge.length + 1)))).isFalse();
    }
    assertThatThrownBy(() -> EdgeKeys.of(vertices("v")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> EdgeKeys.of(CollectionDefinition.edges("e", new Edge("v", "v", null, null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends");
  }

  private static CollectionDefinition vertices(String name) {
    return new CollectionDefinition(1, name, KeyType.Scalar.STRING, "json", Writer.API, null, 1);
  }

  private EdgeKeys keys() {
    KeyType from = KeyType.parse(TYPES.get(random.nextInt(TYPES.size())));
    KeyType to = KeyType.parse(TYPES.get(random.nextInt(TYPES.size())));
    return new EdgeKeys(new Ends(from, to), IDS.get(random.nextInt(IDS.size())));
  }

  private static Key string(String text) throws InvalidKeyException {
    return KeyCodec.of(KeyType.Scalar.STRING).encode(text);
  }

  private Key vertex(KeyType type) throws InvalidKeyException {
    if (type instanceof KeyType.Tuple tuple) {
      List<Object> parts = new ArrayList<>();
      tuple.parts().forEach(part -> parts.add(scalar(part)));
      return KeyCodec.of(type).encode(parts);
    }
    return KeyCodec.of(type).encode(scalar((KeyType.Scalar) type));
  }

  private Object scalar(KeyType.Scalar type) {
    return switch (type) {
      case STRING ->
          random
              .ints(random.nextInt(4), 0, 3)
              .mapToObj(c -> "" + (char) c)
              .reduce("", String::concat);
      case LONG -> random.nextLong();
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case BYTES -> new byte[] {0, (byte) random.nextInt(3), 1};
    };
  }
}
