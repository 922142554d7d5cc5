package dev.weir.store.log;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the settings of a Kafka client together. */
public final class ClientProperties {

  private static final Logger LOG = LoggerFactory.getLogger(ClientProperties.class);

  private ClientProperties() {}

  /**
   * The settings of one client.
   *
   * @param defaults taken where the user says nothing
   * @param user the user's; win over the defaults
   * @param fixed what correctness rests on; win over everything, with a warning
   */
  public static Map<String, Object> merge(
      Map<String, ?> defaults, Map<String, ?> user, Map<String, ?> fixed) {
    Map<String, Object> merged = new TreeMap<>(defaults);
    merged.putAll(user);
    fixed.forEach(
        (name, value) -> {
          Object asked = user.get(name);
          if (asked != null && !asked.toString().equals(value.toString())) {
            LOG.warn("The Kafka setting {}={} is ignored: it has to be {}", name, asked, value);
          }
          merged.put(name, value);
        });
    return merged;
  }
}
