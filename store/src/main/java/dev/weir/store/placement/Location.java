package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a node stands, from the largest part to the smallest: {@code region/zone/rack}, {@code
 * zone/rack} or {@code rack}. Two racks of one name in two zones are two racks.
 *
 * @param region or empty
 * @param zone or empty
 * @param rack or empty
 */
public record Location(String region, String zone, String rack) {

  /** Of a node that does not say where it stands. */
  public static final Location UNSAID = new Location("", "", "");

  private static final List<String> KEYS = List.of("region", "zone", "rack");

  /** Kafka Streams takes values of at most 30 characters. */
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]{1,30}");

  /** What a part of a location may look like, for messages. */
  public static final String FORM =
      "write a rack, zone/rack or region/zone/rack, each of 1 to 30 letters, digits, '.', '-', '_'";

  /** Whether a text is a location; the empty one is. */
  public static boolean isLocation(String text) {
    List<String> parts = List.of(text.split("/", -1));
    return text.isEmpty()
        || (parts.size() <= KEYS.size() && parts.stream().allMatch(p -> PART.matcher(p).matches()));
  }

  /**
   * Reads a location.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Location parse(String text) {
    if (!isLocation(text)) {
      throw new IllegalArgumentException("'" + text + "' is no location: " + FORM);
    }
    String[] parts = text.split("/", -1);
    int given = parts.length;
    return new Location(
        given > 2 ? parts[0] : "", given > 1 ? parts[given - 2] : "", parts[given - 1]);
  }

  /** Reads what a node has announced; text that is no location is the name of a rack. */
  public static Location announced(String text) {
    return isLocation(text) ? parse(text) : new Location("", "", text);
  }

  /** Reads a location from the tags of a client of Kafka Streams; what is missing is empty. */
  static Location ofTags(Map<String, String> tags) {
    return new Location(
        tags.getOrDefault("region", ""),
        tags.getOrDefault("zone", ""),
        tags.getOrDefault("rack", ""));
  }

  /** What is said of it, as tags of a client of Kafka Streams; at most three. */
  public Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    List<String> parts = List.of(region, zone, rack);
    for (int i = 0; i < KEYS.size(); i++) {
      if (!parts.get(i).isEmpty()) {
        tags.put(KEYS.get(i), parts.get(i));
      }
    }
    return tags;
  }

  /**
   * The part of this location that must not hold two copies of a shard, with all that it lies in;
   * empty = not said.
   */
  List<String> place(Separation separation) {
    return switch (separation) {
      case REGION -> region.isEmpty() ? List.of() : List.of(region);
      case ZONE -> zone.isEmpty() ? List.of() : List.of(region, zone);
      case RACK -> rack.isEmpty() ? List.of() : List.of(region, zone, rack);
    };
  }

  /** How many parts of two locations are the same, from the largest on; unsaid ones are not. */
  int shared(Location other) {
    int shared = region.isEmpty() || !region.equals(other.region) ? 0 : 1;
    boolean sameZone = region.equals(other.region) && zone.equals(other.zone) && !zone.isEmpty();
    return shared + (sameZone ? 1 : 0);
  }

  /**
   * How near another location is: 3 = the same rack, 2 = the same zone, 1 = the same region, 0 =
   * neither, or not said. A rack or zone counts only within the same larger parts.
   */
  public int nearness(Location other) {
    boolean sameZone = region.equals(other.region) && zone.equals(other.zone);
    if (sameZone && !rack.isEmpty() && rack.equals(other.rack)) {
      return 3;
    }
    if (sameZone && !zone.isEmpty()) {
      return 2;
    }
    return !region.isEmpty() && region.equals(other.region) ? 1 : 0;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>(tags().values());
    return String.join("/", parts);
  }
}
