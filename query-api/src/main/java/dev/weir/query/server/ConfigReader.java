package dev.weir.query.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.query.SearchLimits;
import dev.weir.query.http.HttpSettings.Queue;
import dev.weir.query.http.Lane;
import dev.weir.query.server.WeirConfig.Api;
import dev.weir.query.server.WeirConfig.Definitions;
import dev.weir.query.server.WeirConfig.Ingest;
import dev.weir.query.server.WeirConfig.Lanes;
import dev.weir.query.server.WeirConfig.Node;
import dev.weir.query.server.WeirConfig.Peer;
import dev.weir.query.server.WeirConfig.Snapshots;
import dev.weir.query.server.WeirConfig.Storage;
import dev.weir.query.server.WeirConfig.Truncation;
import dev.weir.store.Fault;
import dev.weir.store.ingest.Pace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Turns a tree of settings into a configuration, or into the list of everything wrong with it. */
final class ConfigReader {

  private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}|");
  private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
  private static final int MOST_SHARDS = 10_000;
  private static final int MOST_REPLICAS = 9;
  private static final int MOST_THREADS = 64;
  private static final long LEAST_MEMORY = 32L << 20;
  private static final long MOST_MEMORY = 1L << 40;
  private static final int MOST_RECORDS = 100_000_000;
  private static final long MOST_IN_FLIGHT = 1L << 30;
  private static final long LEAST_BODY = 1L << 10;
  private static final long MOST_DOCUMENT = 1L << 20;
  private static final long MOST_REQUEST = 64L << 20;
  private static final Duration LEAST_EVERY = Duration.ofSeconds(1);
  private static final Duration MOST_AGE = Duration.ofDays(36_500);

  private final ObjectNode tree;
  private final Path directory;
  private final List<Fault> faults = new ArrayList<>();
  private final SettingValues values;

  /**
   * A reader of one tree.
   *
   * @param tree as a file has it
   * @param directory where relative paths start
   */
  ConfigReader(ObjectNode tree, Path directory) {
    this.tree = tree;
    this.directory = directory;
    this.values = new SettingValues(tree, faults);
  }

  WeirConfig read(String origin) {
    KnownNames.check(tree, faults);
    String application = application();
    SortedMap<String, String> kafka = KafkaProperties.read(tree.path("kafka"), faults);
    Node node = node();
    Addresses.check(node, faults);
    Storage storage = storage(application);
    Api api = api();
    Snapshots snapshots = snapshots();
    Truncation truncation = truncation(snapshots);
    Definitions definitions = DefinitionSection.read(tree, ingest(), faults);
    if (!faults.isEmpty()) {
      throw new InvalidConfigException(origin, faults);
    }
    return new WeirConfig(
        application, kafka, node, storage, api, snapshots, truncation, definitions);
  }

  private String application() {
    String application = values.text(Setting.APPLICATION);
    if (application.isEmpty()) {
      values.fault(Setting.APPLICATION, "missing", "add a name, such as 'application: shop'");
    } else if (!APPLICATION.matcher(application).matches()) {
      values.fault(
          Setting.APPLICATION,
          "'" + application + "' cannot be part of a topic's name",
          "use 1 to 100 letters, digits, '.', '-', '_', beginning with a letter or digit");
    }
    return application;
  }

  private Ingest ingest() {
    Pace defaults = Pace.defaults();
    return new Ingest(
        acceptLostRecords(),
        new Pace(
            values.number(Setting.INGEST_THREADS, 1, MOST_THREADS),
            values.number(Setting.INGEST_RECORDS, 1, MOST_RECORDS),
            values.size(Setting.INGEST_BYTES, LEAST_BODY, MOST_IN_FLIGHT),
            values.number(Setting.INGEST_LAG, 1, MOST_RECORDS),
            defaults.commitInterval(),
            defaults.drainTimeout()));
  }

  private SortedSet<String> acceptLostRecords() {
    SortedSet<String> names = new TreeSet<>();
    for (String part : values.text(Setting.ACCEPT_LOST_RECORDS).split(",")) {
      String name = part.strip();
      if (SOURCE.matcher(name).matches()) {
        names.add(name);
      } else if (!name.isEmpty()) {
        values.fault(
            Setting.ACCEPT_LOST_RECORDS,
            "'" + name + "' is no name of a source",
            "write names of sources, divided by commas");
      }
    }
    return names;
  }

  private Node node() {
    String id = values.text(Setting.NODE);
    if (!NODE.matcher(id).matches()) {
      values.fault(
          Setting.NODE,
          "'" + id + "' is no name of a node",
          "use 1 to 100 letters, digits, '.', '-', '_', beginning with a letter or digit");
    }
    HostPort listen = values.address(Setting.LISTEN);
    HostPort peer =
        values.text(Setting.PEER_LISTEN).isEmpty()
            ? Addresses.peerOf(listen)
            : peer(Addresses.peerOf(listen));
    return new Node(
        id,
        PlacementSetting.location(values),
        listen,
        values.text(Setting.ADVERTISED),
        new Peer(peer, values.text(Setting.PEER_ADVERTISED), values.text(Setting.PEER_SECRET)),
        values.flag(Setting.QUICK_RESTART));
  }

  private HostPort peer(HostPort otherwise) {
    String text = values.text(Setting.PEER_LISTEN);
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      values.fault(
          Setting.PEER_LISTEN,
          "'" + text + "' is not possible",
          "write host:port with a port from 0 to 65535");
      return otherwise;
    }
  }

  private Storage storage(String application) {
    int shards = values.number(Setting.SHARDS, 1, MOST_SHARDS);
    return new Storage(
        stateDirectory(application),
        shards,
        new WeirConfig.Copies(
            values.number(Setting.REPLICAS, 1, MOST_REPLICAS), PlacementSetting.read(values)),
        values.number(Setting.THREADS, 1, MOST_THREADS),
        values.size(Setting.MEMORY, LEAST_MEMORY, MOST_MEMORY),
        replication());
  }

  private OptionalInt replication() {
    String text = values.text(Setting.REPLICATION);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int replication = Integer.parseInt(text);
      if (replication >= 1 && replication <= Short.MAX_VALUE) {
        return OptionalInt.of(replication);
      }
    } catch (NumberFormatException e) {
      // The same advice as for a number out of bounds.
    }
    values.fault(
        Setting.REPLICATION,
        "'" + text + "' is not possible",
        "give a whole number from 1 to the number of brokers, or leave it out");
    return OptionalInt.empty();
  }

  private Path stateDirectory(String application) {
    String text = values.text(Setting.STATE_DIRECTORY);
    try {
      return text.isEmpty()
          ? UserDirectories.state().resolve(application)
          : directory.resolve(text).normalize();
    } catch (InvalidPathException e) {
      values.fault(
          Setting.STATE_DIRECTORY,
          "'" + text + "' is no path (" + e.getReason() + ")",
          "correct it");
      return directory;
    }
  }

  private Snapshots snapshots() {
    return new Snapshots(
        repository(values.text(Setting.SNAPSHOTS_REPOSITORY)),
        interval(Setting.SNAPSHOTS_EVERY),
        values.number(Setting.SNAPSHOTS_KEEP, 1, 100_000),
        values
            .duration(Setting.SNAPSHOTS_KEEP_FOR, LEAST_EVERY, MOST_AGE)
            .orElse(Duration.ofDays(30)),
        values.flag(Setting.BOOTSTRAP),
        values.number(Setting.BOOTSTRAP_LEAST_RECORDS, 0, Integer.MAX_VALUE),
        values.size(Setting.BOOTSTRAP_RATE, 0, 1L << 40));
  }

  private Truncation truncation(Snapshots snapshots) {
    Optional<Duration> every = interval(Setting.TRUNCATION_EVERY);
    if (every.isPresent() && snapshots.repository().isEmpty()) {
      values.fault(
          Setting.TRUNCATION_EVERY,
          "without snapshots nothing may go from the log",
          "set " + Setting.SNAPSHOTS_REPOSITORY.path() + ", or leave this away");
    }
    return new Truncation(
        every,
        values.number(Setting.TRUNCATION_MARGIN, 0, Integer.MAX_VALUE),
        values
            .duration(Setting.TRUNCATION_FORGET, LEAST_EVERY, MOST_AGE)
            .orElse(Duration.ofHours(1)));
  }

  private Optional<Duration> interval(Setting setting) {
    return values.text(setting).isEmpty()
        ? Optional.empty()
        : values.duration(setting, LEAST_EVERY, MOST_AGE);
  }

  private String repository(String text) {
    try {
      // What has a scheme is no path.
      return text.isEmpty() || text.indexOf(':') > 1
          ? text
          : directory.resolve(text).normalize().toString();
    } catch (InvalidPathException e) {
      values.fault(
          Setting.SNAPSHOTS_REPOSITORY,
          "'" + text + "' is no path (" + e.getReason() + ")",
          "correct it");
      return "";
    }
  }

  private Api api() {
    return new Api(
        (int) values.size(Setting.LIMITS_DOCUMENT, LEAST_BODY, MOST_DOCUMENT),
        (int) values.size(Setting.LIMITS_REQUEST, LEAST_BODY, MOST_REQUEST),
        values.number(Setting.LIMITS_PAGE, 1, 1_000_000),
        values.number(Setting.LIMITS_BATCH, 1, 100_000),
        values.number(Setting.LIMITS_SUBSCRIPTIONS, 0, 1_000_000),
        new GraphQlReader(values, directory, faults).read(),
        lanes(),
        new SearchLimits(
            values.parsed(Setting.QUERIES_SCANS, ConfigReader::scans, "write allow or forbid"),
            values.number(Setting.QUERIES_ROWS, 1, 1_000_000_000)));
  }

  private static boolean scans(String text) {
    if (!text.equals("allow") && !text.equals("forbid")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("allow");
  }

  private Lanes lanes() {
    Map<Lane, Queue> queues = new EnumMap<>(Lane.class);
    LaneText.SETTINGS.forEach(
        (lane, setting) ->
            queues.put(lane, values.parsed(setting, LaneText::parse, LaneText.ADVICE)));
    return new Lanes(
        values.parsed(Setting.LANES_GET, LaneText::time, LaneText.TIME_ADVICE), queues);
  }
}
