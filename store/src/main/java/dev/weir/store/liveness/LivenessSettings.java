package dev.weir.store.liveness;

import java.time.Duration;

/**
 * When a node counts as dead.
 *
 * @param tick between two pings of a node, and between two looks at what is known
 * @param silence without an answer, after which a node that was heard before is missed
 * @param refusals in a row, after which it is missed at once, at least 1
 * @param pause between two ticks, above which this node takes itself for the one that was asleep
 * @param backup how much longer every further survivor waits for the one before it to evict
 * @param loss without an answer, after which a node that is no member of the group any more is
 *     taken out of the routing table, whoever else has noticed it
 * @param watchers nodes that watch a node in a large application, at least 2
 */
public record LivenessSettings(
    Duration tick,
    Duration silence,
    int refusals,
    Duration pause,
    Duration backup,
    Duration loss,
    int watchers) {

  /**
   * A killed process is missed within half a second, a frozen one within two: short pauses of a
   * collector or of a busy machine do not cost a node its shards.
   */
  public static LivenessSettings standard() {
    return new LivenessSettings(
        Duration.ofMillis(200),
        Duration.ofMillis(1500),
        2,
        Duration.ofMillis(700),
        Duration.ofMillis(600),
        Duration.ofSeconds(30),
        8);
  }
}
