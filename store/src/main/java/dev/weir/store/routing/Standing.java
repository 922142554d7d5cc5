package dev.weir.store.routing;

import java.time.Duration;
import java.util.List;

/**
 * How a node stands in the application's consumer group, so that others can tell a death from a
 * pause, and remove exactly its members after a death.
 *
 * @param instances the group instance ids of its stream threads, in the order of the threads; empty
 *     = its members are not static, or it comes from an older release
 * @param away how long it expects to be silent, counted from when this is read; zero = it is there
 */
public record Standing(List<String> instances, Duration away) {

  /** Of a node that says nothing about it. */
  public static final Standing UNSAID = new Standing(List.of(), Duration.ZERO);

  public Standing {
    instances = List.copyOf(instances);
  }

  /** The same members, silent for a while. */
  public Standing away(Duration silence) {
    return new Standing(instances, silence);
  }
}
