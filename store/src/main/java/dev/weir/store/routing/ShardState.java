package dev.weir.store.routing;

import static dev.weir.store.routing.ShardEvent.ACTIVATED;
import static dev.weir.store.routing.ShardEvent.CLOSED;
import static dev.weir.store.routing.ShardEvent.COMPLETED;
import static dev.weir.store.routing.ShardEvent.DEACTIVATED;
import static dev.weir.store.routing.ShardEvent.OPENED;
import static dev.weir.store.routing.ShardEvent.STOPPED;

import dev.weir.store.Role;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node is for a shard and whether it serves it, with the table of all transitions.
 *
 * <p>Filling shards follow their log but have not been complete yet since they were opened; serving
 * ones have. A stopped shard keeps its role, so that others learn the reason from its active.
 */
public enum ShardState {
  /** Not open on this node. */
  ABSENT(null, false),
  /** Open, not active, not complete yet; also the future active while it restores. */
  STANDBY_FILLING(Role.STANDBY, false),
  /** Open, not active, answers. */
  STANDBY_SERVING(Role.STANDBY, true),
  /** Stopped, not active. */
  STANDBY_STOPPED(Role.STANDBY, false),
  /** Active, not complete yet. */
  ACTIVE_FILLING(Role.ACTIVE, false),
  /** Active, answers. */
  ACTIVE_SERVING(Role.ACTIVE, true),
  /** Stopped while the node is its active. */
  ACTIVE_STOPPED(Role.ACTIVE, false);

  private static final Map<ShardState, Map<ShardEvent, ShardState>> TABLE = table();

  private final @Nullable Role role;
  private final boolean serving;

  ShardState(@Nullable Role role, boolean serving) {
    this.role = role;
    this.serving = serving;
  }

  /** What the node is for the shard; null if it does not hold it. */
  public @Nullable Role role() {
    return role;
  }

  /** Whether the shard answers queries. */
  public boolean serving() {
    return serving;
  }

  /** Whether the shard is open and still waits to be complete. */
  public boolean filling() {
    return this == STANDBY_FILLING || this == ACTIVE_FILLING;
  }

  /** Whether the shard stopped itself. */
  public boolean stopped() {
    return this == STANDBY_STOPPED || this == ACTIVE_STOPPED;
  }

  /** Where an event leads; empty = it cannot happen in this state. */
  public Optional<ShardState> after(ShardEvent event) {
    return Optional.ofNullable(TABLE.getOrDefault(this, Map.of()).get(event));
  }

  // Events that change nothing are listed too: facts may come late from other threads, and Streams
  // closes in different orders when it fails. What is not listed would be two copies of one shard
  // on one node, or an active without state.
  private static Map<ShardState, Map<ShardEvent, ShardState>> table() {
    Map<ShardState, Map<ShardEvent, ShardState>> table = new EnumMap<>(ShardState.class);
    row(table, ABSENT)
        .to(OPENED, STANDBY_FILLING)
        .to(DEACTIVATED, ABSENT)
        .to(COMPLETED, ABSENT)
        .to(STOPPED, STANDBY_STOPPED)
        .to(CLOSED, ABSENT);
    row(table, STANDBY_FILLING)
        .to(ACTIVATED, ACTIVE_FILLING)
        .to(DEACTIVATED, STANDBY_FILLING)
        .to(COMPLETED, STANDBY_SERVING)
        .to(STOPPED, STANDBY_STOPPED)
        .to(CLOSED, ABSENT);
    row(table, STANDBY_SERVING)
        .to(ACTIVATED, ACTIVE_SERVING)
        .to(DEACTIVATED, STANDBY_SERVING)
        .to(COMPLETED, STANDBY_SERVING)
        .to(STOPPED, STANDBY_STOPPED)
        .to(CLOSED, ABSENT);
    row(table, STANDBY_STOPPED)
        .to(OPENED, STANDBY_FILLING)
        .to(ACTIVATED, ACTIVE_STOPPED)
        .to(DEACTIVATED, STANDBY_STOPPED)
        .to(COMPLETED, STANDBY_STOPPED)
        .to(STOPPED, STANDBY_STOPPED)
        .to(CLOSED, ABSENT);
    row(table, ACTIVE_FILLING)
        .to(ACTIVATED, ACTIVE_FILLING)
        .to(DEACTIVATED, STANDBY_FILLING)
        .to(COMPLETED, ACTIVE_SERVING)
        .to(STOPPED, ACTIVE_STOPPED)
        .to(CLOSED, ABSENT);
    row(table, ACTIVE_SERVING)
        .to(ACTIVATED, ACTIVE_SERVING)
        .to(DEACTIVATED, STANDBY_SERVING)
        .to(COMPLETED, ACTIVE_SERVING)
        .to(STOPPED, ACTIVE_STOPPED)
        .to(CLOSED, ABSENT);
    row(table, ACTIVE_STOPPED)
        .to(ACTIVATED, ACTIVE_STOPPED)
        .to(DEACTIVATED, STANDBY_STOPPED)
        .to(COMPLETED, ACTIVE_STOPPED)
        .to(STOPPED, ACTIVE_STOPPED)
        .to(CLOSED, ABSENT);
    return Collections.unmodifiableMap(table);
  }

  private static Row row(Map<ShardState, Map<ShardEvent, ShardState>> table, ShardState from) {
    return new Row(table.computeIfAbsent(from, state -> new EnumMap<>(ShardEvent.class)));
  }

  private record Row(Map<ShardEvent, ShardState> targets) {
    Row to(ShardEvent event, ShardState target) {
      targets.put(event, target);
      return this;
    }
  }
}
