package dev.weir.query.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads single settings from a tree. A fault is noted and the default taken in place of the value,
 * so that reading goes on and finds the others.
 */
final class SettingValues {

  private final ObjectNode tree;
  private final List<Fault> faults;

  SettingValues(ObjectNode tree, List<Fault> faults) {
    this.tree = tree;
    this.faults = faults;
  }

  /** Any single value as text; the default if there is none. */
  String text(Setting setting) {
    JsonNode node = tree;
    for (String step : setting.steps()) {
      node = node.path(step);
    }
    if (node.isMissingNode() || node.isNull()) {
      return setting.absent();
    }
    if (!node.isValueNode()) {
      fault(setting, "not a single value", "write one value");
      return setting.absent();
    }
    return node.asText().strip();
  }

  /** A whole number within bounds. */
  int number(Setting setting, int least, int most) {
    return parsed(
        setting,
        text -> {
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException(text);
          }
          return value;
        },
        "give a whole number from " + least + " to " + most);
  }

  /** An amount of memory within bounds, in bytes. */
  long size(Setting setting, long least, long most) {
    return parsed(
        setting,
        text -> {
          long value = ByteSize.parse(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException(text);
          }
          return value;
        },
        "give an amount from "
            + ByteSize.format(least)
            + " to "
            + ByteSize.format(most)
            + ", such as "
            + setting.absent());
  }

  /** A time within bounds; empty if it is not possible, which is noted. */
  Optional<Duration> duration(Setting setting, Duration least, Duration most) {
    String text = text(setting);
    try {
      Duration value = TimeSpan.parse(text);
      if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
        return Optional.of(value);
      }
    } catch (IllegalArgumentException e) {
      // The same advice as for a time out of bounds.
    }
    fault(
        setting,
        "'" + text + "' is not possible",
        "give a time from "
            + TimeSpan.format(least)
            + " to "
            + TimeSpan.format(most)
            + ", such as 30s, 15m, 1h or 7d");
    return Optional.empty();
  }

  /** A yes or no. */
  boolean flag(Setting setting) {
    return parsed(
        setting,
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
          }
          return text.equals("true");
        },
        "write true or false");
  }

  /** Where to listen. */
  HostPort address(Setting setting) {
    return parsed(setting, HostPort::parse, "write host:port with a port from 0 to 65535");
  }

  void fault(Setting setting, String problem, String advice) {
    faults.add(new Fault(setting.path(), problem, advice));
  }

  /**
   * A value of its own form.
   *
   * @param parse throws {@link IllegalArgumentException} for what it does not take; takes the
   *     default
   */
  <T> T parsed(Setting setting, Function<String, T> parse, String advice) {
    String text = text(setting);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      fault(setting, "'" + text + "' is not possible", advice);
      return parse.apply(setting.absent());
    }
  }
}
