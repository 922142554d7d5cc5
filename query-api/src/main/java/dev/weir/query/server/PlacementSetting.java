package dev.weir.query.server;

import dev.weir.store.placement.Location;
import dev.weir.store.placement.PlacementRule;
import dev.weir.store.placement.Separation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads and writes what a configuration says about the places of copies. */
final class PlacementSetting {
  private static final String STRICT = "strict";
  private static final String BEST_EFFORT = "best-effort";

  private PlacementSetting() {}

  static PlacementRule read(SettingValues values) {
    String mode = values.text(Setting.PLACEMENT);
    if (!List.of(STRICT, BEST_EFFORT).contains(mode)) {
      values.fault(
          Setting.PLACEMENT,
          "'" + mode + "' is not possible",
          "write " + STRICT + " or " + BEST_EFFORT);
    }
    String separate = values.text(Setting.SEPARATE);
    Separation separation =
        Arrays.stream(Separation.values())
            .filter(s -> name(s).equals(separate))
            .findFirst()
            .orElse(null);
    if (separation == null) {
      values.fault(
          Setting.SEPARATE, "'" + separate + "' is not possible", "write rack, zone or region");
      return PlacementRule.STANDARD;
    }
    return new PlacementRule(!mode.equals(BEST_EFFORT), separation);
  }

  /** Reads where the node stands; text that is no location is a fault. */
  static String location(SettingValues values) {
    String rack = values.text(Setting.RACK);
    if (!Location.isLocation(rack)) {
      values.fault(Setting.RACK, "'" + rack + "' is no place of a node", Location.FORM);
    }
    return rack;
  }

  static String mode(PlacementRule rule) {
    return rule.strict() ? STRICT : BEST_EFFORT;
  }

  static String separation(PlacementRule rule) {
    return name(rule.separation());
  }

  private static String name(Separation separation) {
    return separation.name().toLowerCase(Locale.ROOT);
  }
}
