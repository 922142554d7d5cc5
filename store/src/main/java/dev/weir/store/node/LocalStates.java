package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.log.LogGeneration;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.streams.ShardSetup;
import dev.weir.store.write.StateKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the shards that lie in a node's directory of Kafka Streams, before anything opens them. */
final class LocalStates {
  private static final Pattern TASK = Pattern.compile("0_(\\d+)");

  private LocalStates() {}

  /** The highest generation that the node has a directory of; empty = it has none. */
  static OptionalInt newestGeneration(StateDirectory directory, String application) {
    List<String> names =
        children(directory.streamsDir()).stream()
            .map(child -> child.getFileName().toString())
            .toList();
    return LogGeneration.newest(names, TopicPlan.streamsApplicationIds(application));
  }

  /** The positions of the shards of a log that lie in a node's directory, by shard. */
  static Map<Integer, Position> positions(StateDirectory directory, TopicPlan topics) {
    return positions(
        directory.streamsDir().resolve(topics.streamsApplicationId()), topics.generation());
  }

  /** The positions of the shards of a generation, by shard. */
  static Map<Integer, Position> positions(Path applicationDirectory, int generation) {
    Map<Integer, Position> positions = new TreeMap<>();
    databases(applicationDirectory, generation)
        .forEach(
            (shard, database) ->
                RocksShard.peekPosition(database).ifPresent(p -> positions.put(shard, p)));
    return positions;
  }

  /**
   * Why this release must not open what lies in a node's directory, one line for each shard; empty
   * if it may. Whether the log goes on from there is another question.
   */
  static List<String> faults(StateDirectory directory, TopicPlan topics, String application) {
    List<String> faults = new ArrayList<>();
    databases(directory.streamsDir().resolve(topics.streamsApplicationId()), topics.generation())
        .forEach(
            (shard, database) ->
                fault(shard, database, topics.generation(), application).ifPresent(faults::add));
    return faults;
  }

  private static Optional<String> fault(
      int shard, Path database, int generation, String application) {
    byte @Nullable [] identity = RocksShard.peek(database, List.of(StateKeys.identity())).get(0);
    if (identity == null) {
      return Optional.empty(); // opened once, and nothing folded yet
    }
    StateIdentity found = StateIdentity.decode(identity);
    return new StateIdentity(StateIdentity.FORMAT, found.logId(), generation, shard, application)
        .refuse(found)
        .map(reason -> "shard %d in %s: %s".formatted(shard, database, reason));
  }

  private static SortedMap<Integer, Path> databases(Path applicationDirectory, int generation) {
    SortedMap<Integer, Path> databases = new TreeMap<>();
    for (Path task : children(applicationDirectory)) {
      Matcher name = TASK.matcher(task.getFileName().toString());
      Path database = task.resolve(ShardSetup.storeName(generation));
      if (name.matches() && Files.exists(database.resolve("CURRENT"))) {
        databases.put(Integer.parseInt(name.group(1)), database);
      }
    }
    return databases;
  }

  private static List<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the state directory " + directory, e);
    }
  }
}
